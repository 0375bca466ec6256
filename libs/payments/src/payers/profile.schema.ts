import type { AccountFlag } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Of an account's profile only what payments needs; customers owns it. */
export interface AccountCopyRow {
  _id: string;
  revision: number;
  customerName: string;
  zone: string;
  currency: string;
  /** Of its credit class; `null`: the tenant's own. */
  dunningPolicyId: string | null;
  /** ISO 3166; absent, as the kind, on copies from before these were kept. */
  country?: string;
  customerKind?: 'person' | 'organisation';
  segment?: string | null;
  /** In which to write; absent: English. */
  language?: string;
  /** Absent on copies from before there were flags. */
  flags?: AccountFlag[];
}

export const AccountCopies = defineCollection<AccountCopyRow>(
  'accountCopies',
  rowSchema({
    _id: { type: String, required: true },
    revision: { type: BigInt, required: true },
    customerName: { type: String, required: true },
    zone: { type: String, required: true },
    currency: { type: String, required: true },
    dunningPolicyId: String,
    country: String,
    customerKind: String,
    segment: String,
    language: String,
    flags: [
      rowSchema({
        tag: { type: String, required: true },
        from: { type: String, required: true },
        to: String,
        reason: { type: String, required: true },
      }),
    ],
  }),
  [{ keys: { customerName: 1, _id: 1 } }],
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
