import type { NetworkCaseKind } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** One thing about one SIM that a person has to look at. */
export interface NetworkCaseRow {
  _id: string;
  kind: NetworkCaseKind;
  state: 'open' | 'resolved';
  iccid: string;
  subscriptionId: string | null;
  accountId: string | null;
  /** The order that shall settle it. */
  orderKey: string | null;
  detail: string;
  openedAt: string;
  retries: number;
  resolvedAt: string | null;
  /** Who or what ended it: `network` (confirmed), `reconciliation` (no longer so), or a person. */
  resolvedBy: string | null;
  reason: string | null;
}

const text = { type: String, required: true };

export const NetworkCases = defineCollection<NetworkCaseRow>(
  'networkCases',
  rowSchema({
    _id: text,
    kind: text,
    state: text,
    iccid: text,
    subscriptionId: String,
    accountId: String,
    orderKey: String,
    detail: String,
    openedAt: text,
    retries: { type: Number, required: true },
    resolvedAt: String,
    resolvedBy: String,
    reason: String,
  }),
  [
    { keys: { iccid: 1, kind: 1 }, unique: true, partial: { state: 'open' } },
    { keys: { openedAt: -1, _id: -1 } },
    { keys: { accountId: 1 } },
    { keys: { subscriptionId: 1 } },
  ],
);
