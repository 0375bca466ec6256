import type { Instant } from '@tollkeeper/calendar';
import { defineSignal } from '@temporalio/workflow';
import type { CollectionFacts, DunningPolicy } from './dunning.contract';
import { defineProcess, defineProgress, type ProcessEvent, type ProcessInput } from './process';

/** One account's overdue debt, from the first retry to cure, write-off or hand-over. */
export interface CollectionInput extends ProcessInput {
  accountId: string;
  caseId: string;
  policy: DunningPolicy;
  /** Levels already taken, when it continues as new. */
  taken?: string[];
  restricted?: boolean;
}

export interface CollectionProgress {
  caseId: string;
  status: 'open' | 'onHold' | 'promised' | 'plan' | 'closed';
  facts: CollectionFacts | null;
  taken: { levelId: string; at: Instant }[];
  /** What comes next, when (null: when there is news), and why. */
  next: { levelId: string; at: Instant | null; why: string } | null;
  /** Steps whose day has come and that are put off, such as a bar that is not lawful yet. Left out: none. */
  putOff?: { levelId: string; at: Instant | null; why: string }[];
}

export const collectionIdOf = (tenantId: string, accountId: string): string =>
  `collection/${tenantId}/${accountId}`;

export const collection = defineProcess<CollectionInput>({
  workflow: 'collection',
  reuse: 'reopenable',
  rank: 'collection',
  id: ({ tenantId, accountId }) => collectionIdOf(tenantId, accountId),
});

/** All of these only say "look again": the facts lie with payments. */
export const collectionSignals = {
  paymentReceived: defineSignal<[ProcessEvent]>('paymentReceived'),
  promiseToPay: defineSignal<[ProcessEvent]>('promiseToPay'),
  disputeOpened: defineSignal<[ProcessEvent]>('disputeOpened'),
  disputeClosed: defineSignal<[ProcessEvent]>('disputeClosed'),
  hold: defineSignal<[ProcessEvent]>('hold'),
  release: defineSignal<[ProcessEvent]>('release'),
  planChanged: defineSignal<[ProcessEvent]>('planChanged'),
  writeOff: defineSignal<[ProcessEvent]>('writeOff'),
} as const;

export type CollectionSignal = keyof typeof collectionSignals;

export const collectionProgress = defineProgress<CollectionProgress>('collectionProgress');
