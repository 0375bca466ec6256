import type { Instant } from '@tollkeeper/calendar';
import type { AccountProfile, OfferingVersion, TenantProfile } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** What customers tells of an account; the higher revision wins. */
export interface AccountCopyRow {
  _id: string;
  accountId: string;
  revision: number;
  cycleId: string | null;
  /** First and last instant of service over all subscriptions; `activeTo: null`: goes on. */
  activeFrom: Instant | null;
  activeTo: Instant | null;
  /** When no run may bill it. */
  invoicingOff: { from: Instant; to: Instant | null }[];
  /** A run left it out: the next one bills it also when its service ended long ago. */
  leftOut?: boolean;
  profile: AccountProfile;
}

/** A published version never changes. */
export interface OfferingCopyRow extends OfferingVersion {
  _id: string;
}

export interface TenantProfileRow {
  _id: string;
  revision: number;
  profile: TenantProfile;
}

const text = { type: String, required: true };
const count = { type: Number, required: true };
const long = { type: BigInt, required: true };
const flag = { type: Boolean, required: true };

export const AccountCopies = defineCollection<AccountCopyRow>(
  'accountCopies',
  rowSchema({
    _id: text,
    accountId: text,
    revision: count,
    cycleId: String,
    activeFrom: String,
    activeTo: String,
    invoicingOff: [rowSchema({ from: text, to: String })],
    leftOut: Boolean,
    profile: { type: Object, required: true },
  }),
  [{ keys: { accountId: 1 }, unique: true }, { keys: { cycleId: 1, accountId: 1 } }],
);

const recurringCharge = rowSchema({
  chargeId: text,
  name: text,
  amountMinor: long,
  timing: text,
  per: text,
  prorate: flag,
  taxCode: text,
  revenueCategory: text,
});

const allowance = rowSchema({
  allowanceId: text,
  name: text,
  usageType: text,
  zones: { type: [String], required: true },
  units: long,
  priority: count,
  shared: flag,
});

export const OfferingCopies = defineCollection<OfferingCopyRow>(
  'offeringCopies',
  rowSchema({
    _id: text,
    offeringId: text,
    version: count,
    name: text,
    currency: text,
    validFrom: text,
    deckId: text,
    recurringCharges: [recurringCharge],
    allowances: [allowance],
    usageTaxCode: text,
    paidInAdvance: rowSchema({ days: count, amountMinor: long }),
  }),
  [{ keys: { offeringId: 1, version: 1 }, unique: true }],
);

export const TenantProfiles = defineCollection<TenantProfileRow>(
  'tenantProfiles',
  rowSchema({ _id: text, revision: count, profile: { type: Object, required: true } }),
  [],
);
