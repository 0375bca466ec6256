import type { ObjectId } from 'mongodb';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** What happened to an account, as care tells it to the customer. */
export interface TimelineRow {
  _id: ObjectId;
  accountId: string;
  at: string;
  what: string;
  details: Record<string, string | number | null>;
}

const text = { type: String, required: true };

export const Timeline = defineCollection<TimelineRow>(
  'timeline',
  rowSchema({
    _id: { type: 'ObjectId', required: true },
    accountId: text,
    at: text,
    what: text,
    details: { type: Object, required: true },
  }),
  [{ keys: { accountId: 1, _id: -1 } }],
);
