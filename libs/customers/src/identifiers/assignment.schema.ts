import type { IdentifierKind } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { HeldIdentifier } from '../domain/identifier-ownership';

/** Which subscription has an identifier, from when to when. */
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

/** Every assignment of an identifier writes its row here, so that two at the same time cannot both pass the check. */
export interface IdentifierLockRow {
  _id: string;
  kind: IdentifierKind;
  value: string;
  version: number;
}

export const IdentifierLocks = defineCollection<IdentifierLockRow>(
  'identifierLocks',
  rowSchema({ _id: text, kind: text, value: text, version: { type: Number, required: true } }),
  [],
);
