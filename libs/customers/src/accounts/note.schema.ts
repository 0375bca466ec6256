import type { ObjectId } from 'mongodb';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** What care agents tell each other about an account; never shown to subscribers. */
export interface NoteRow {
  _id: ObjectId;
  accountId: string;
  text: string;
  pinned: boolean;
  by: string;
  at: string;
}

const text = { type: String, required: true };

export const Notes = defineCollection<NoteRow>(
  'notes',
  rowSchema({
    _id: { type: 'ObjectId', required: true },
    accountId: text,
    text,
    pinned: { type: Boolean, required: true },
    by: text,
    at: text,
  }),
  [{ keys: { accountId: 1, pinned: -1, _id: -1 } }],
);
