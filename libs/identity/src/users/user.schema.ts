import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, type Principal, rowSchema, type StaffRole } from '@tollkeeper/platform';

export interface UserRow {
  _id: string;
  /** Lower case, unique in the tenant. */
  email: string;
  name: string;
  roles: StaffRole[];
  passwordHash: string;
  mustChangePassword: boolean;
  disabled: boolean;
  createdAt: Instant;
}

export const Users = defineCollection<UserRow>(
  'users',
  rowSchema({
    _id: { type: String, required: true },
    email: { type: String, required: true },
    name: { type: String, required: true },
    roles: { type: [String], required: true },
    passwordHash: { type: String, required: true },
    mustChangePassword: { type: Boolean, required: true },
    disabled: { type: Boolean, required: true },
    createdAt: { type: String, required: true },
  }),
  [{ keys: { email: 1 }, unique: true }],
);

export const staffPrincipal = (tenantId: string, { _id, name, roles }: UserRow): Principal => ({
  kind: 'staff',
  tenantId,
  subject: _id,
  name,
  roles,
  scopes: [],
  accountId: null,
});

/** What may be shown and audited: never the hash. */
export const userView = ({ _id, email, name, roles, mustChangePassword, disabled, createdAt }: UserRow) => ({
  userId: _id,
  email,
  name,
  roles,
  mustChangePassword,
  disabled,
  createdAt,
});

export type UserView = ReturnType<typeof userView>;
