import type { Instant } from '@tollkeeper/calendar';
import { defineProcess, type ProcessInput } from './process';

/** Where every line of a file of subscribers ended; the last four add up to `lines`. */
export interface SubscriberImportCounts {
  lines: number;
  created: number;
  changed: number;
  /** Found as the line wants it: a line that was sent before creates nothing again. */
  unchanged: number;
  rejected: number;
}

export interface SubscriberImportProgress {
  importId: string;
  done: boolean;
  counts: SubscriberImportCounts;
}

export interface SubscriberImportActivities {
  /** Works the file off from the stored offset; stops after `budgetMs` or at the end. */
  importSubscribers(input: {
    tenantId: string;
    importId: string;
    at: Instant;
    budgetMs: number;
  }): Promise<SubscriberImportProgress>;
  failSubscriberImport(input: {
    tenantId: string;
    importId: string;
    reason: string;
    at: Instant;
  }): Promise<void>;
}

/** One CSV file of new subscribers or of changes, resumable by offset. */
export interface SubscriberImportInput extends ProcessInput {
  importId: string;
}

export const subscriberImport = defineProcess<SubscriberImportInput>({
  workflow: 'subscriberImport',
  reuse: 'once',
  rank: 'usage',
  id: ({ tenantId, importId }) => `subscriber-import/${tenantId}/${importId}`,
});
