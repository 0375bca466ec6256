import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, type Principal, rowSchema } from '@tollkeeper/platform';

export interface SubscriberLoginRow {
  _id: string;
  accountId: string;
  /** Lower case, unique in the tenant. */
  email: string;
  passwordHash: string;
  disabled: boolean;
  createdAt: Instant;
}

export const SubscriberLogins = defineCollection<SubscriberLoginRow>(
  'subscriberLogins',
  rowSchema({
    _id: { type: String, required: true },
    accountId: { type: String, required: true },
    email: { type: String, required: true },
    passwordHash: { type: String, required: true },
    disabled: { type: Boolean, required: true },
    createdAt: { type: String, required: true },
  }),
  [{ keys: { email: 1 }, unique: true }, { keys: { accountId: 1 } }],
);

export const subscriberPrincipal = (
  tenantId: string,
  { _id, email, accountId }: SubscriberLoginRow,
): Principal & { kind: 'subscriber' } => ({
  kind: 'subscriber',
  tenantId,
  subject: _id,
  name: email,
  roles: [],
  scopes: [],
  accountId,
});

export const subscriberLoginView = ({ _id, accountId, email, disabled, createdAt }: SubscriberLoginRow) => ({
  subscriberLoginId: _id,
  accountId,
  email,
  disabled,
  createdAt,
});

export type SubscriberLoginView = ReturnType<typeof subscriberLoginView>;
