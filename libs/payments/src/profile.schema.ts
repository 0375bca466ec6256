import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Of an account's profile only what payments needs; customers owns it. */
export interface AccountCopyRow {
  _id: string;
  revision: number;
  customerName: string;
  zone: string;
  currency: string;
}

export const AccountCopies = defineCollection<AccountCopyRow>(
  'accountCopies',
  rowSchema({
    _id: { type: String, required: true },
    revision: { type: BigInt, required: true },
    customerName: { type: String, required: true },
    zone: { type: String, required: true },
    currency: { type: String, required: true },
  }),
  [],
);

/** Of the operator's profile only what payments needs; identity owns it. */
export interface TenantProfileRow {
  _id: string;
  revision: number;
  zone: string;
  currency: string;
}

export const TenantProfiles = defineCollection<TenantProfileRow>(
  'tenantProfiles',
  rowSchema({
    _id: { type: String, required: true },
    revision: { type: BigInt, required: true },
    zone: { type: String, required: true },
    currency: { type: String, required: true },
  }),
  [],
);
