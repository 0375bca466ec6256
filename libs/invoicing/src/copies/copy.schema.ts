import type { Instant } from '@tollkeeper/calendar';
import type { AccountProfile, TenantProfile } from '@tollkeeper/contracts';
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
  /** Something is to be paid for a device still: it is billed also when its service ended. Absent: nothing. */
  owesDevice?: boolean;
  profile: AccountProfile;
}

export interface TenantProfileRow {
  _id: string;
  revision: number;
  profile: TenantProfile;
}

const text = { type: String, required: true };
const count = { type: Number, required: true };

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
    owesDevice: Boolean,
    profile: { type: Object, required: true },
  }),
  [{ keys: { accountId: 1 }, unique: true }, { keys: { cycleId: 1, accountId: 1 } }],
);

export const TenantProfiles = defineCollection<TenantProfileRow>(
  'tenantProfiles',
  rowSchema({ _id: text, revision: count, profile: { type: Object, required: true } }),
  [],
);
