import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { HeldIdentifier } from '../domain/identifier-ownership';

/** Which subscription has an identifier, from when to when: the assigned spans of the inventory, to be asked by owner. */
export interface AssignmentRow extends HeldIdentifier {
  _id: string;
  accountId: string;
}

const text = { type: String, required: true };

export const Assignments = defineCollection<AssignmentRow>(
  'assignments',
  rowSchema({
    _id: text,
    kind: text,
    value: text,
    subscriptionId: text,
    accountId: text,
    from: text,
    to: String,
  }),
  [
    { keys: { value: 1, kind: 1, from: 1 }, unique: true },
    { keys: { subscriptionId: 1 } },
    { keys: { accountId: 1 } },
  ],
);
