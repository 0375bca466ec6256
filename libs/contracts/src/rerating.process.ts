import type { Instant } from '@tollkeeper/calendar';
import { defineProcess, defineProgress, type ProcessInput } from './process';

/** Rates the periods of one request again; resumable, batch by batch. */
export interface ReratingInput extends ProcessInput {
  reratingId: string;
}

export interface ReratingProgress {
  reratingId: string;
  done: boolean;
  counts: ReratingCounts;
}

/** What was looked at and what changed, so far. Money at 10^-6 of the major unit. */
export interface ReratingCounts {
  periods: number;
  records: number;
  changed: number;
  /** Records of periods that cannot be rated again as they stand: left alone. */
  unratable: number;
  beforeMicro: number;
  afterMicro: number;
  /** Of the difference, what goes to a later bill because the period's own is closed. */
  correctedMicro: number;
}

export const rerating = defineProcess<ReratingInput>({
  workflow: 'rerating',
  reuse: 'once',
  rank: 'usage',
  id: ({ tenantId, reratingId }) => `rerating/${tenantId}/${reratingId}`,
});

export const reratingShown = defineProgress<ReratingProgress>('rerating');

export interface ReratingActivities {
  /** Goes on behind the last period that was rated again; stops after `budgetMs` or at the end. */
  rerateUsage(input: {
    tenantId: string;
    reratingId: string;
    at: Instant;
    budgetMs: number;
  }): Promise<ReratingProgress>;
  failRerating(input: { tenantId: string; reratingId: string; reason: string; at: Instant }): Promise<void>;
}
