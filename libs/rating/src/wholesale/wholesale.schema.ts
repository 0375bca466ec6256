import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { Explanation, RunningSum, WholesaleAgreement } from '@tollkeeper/tariff';

/** What we owe a host network for a record; beside its retail rating, never on a subscriber's bill. */
export interface WholesaleUsageRow {
  _id: string;
  partnerId: string;
  recordId: string;
  /** SIM within the partner: whose records are folded together. */
  groupId: string;
  /** First day of the month. */
  periodKey: string;
  usageType: string;
  direction: string;
  network: string;
  startAt: Instant;
  quantity: number;
  status: 'rated' | 'inSuspense';
  reason: string | null;
  zone: string | null;
  description: string | null;
  billedQuantity: number;
  amountMicro: number;
  currency: string;
  explanation: Explanation | null;
}

/** Sums of a SIM's month with a partner. */
export interface WholesalePeriodRow {
  _id: string;
  version: number;
  sums: ({ sum: string } & RunningSum)[];
}

export interface WholesaleAgreementRow extends WholesaleAgreement {
  _id: string;
  name: string;
}

export const wholesaleKey = (tenantId: string, partnerId: string, recordId: string): string =>
  `${tenantId}/${partnerId}/${recordId}`;

const text = { type: String, required: true };
const long = { type: BigInt, required: true };

export const WholesaleAgreements = defineCollection<WholesaleAgreementRow>(
  'wholesaleAgreements',
  rowSchema({
    _id: text,
    partnerId: text,
    name: text,
    deckId: text,
    currency: text,
    networks: [{ type: String }],
    directions: { type: [String], default: undefined },
    usageTypes: { type: [String], default: undefined },
    zone: text,
    validFrom: text,
    validTo: String,
  }),
  [{ keys: { partnerId: 1 } }],
);

export const WholesaleUsages = defineCollection<WholesaleUsageRow>(
  'wholesaleUsage',
  rowSchema({
    _id: text,
    partnerId: text,
    recordId: text,
    groupId: text,
    periodKey: text,
    usageType: text,
    direction: text,
    network: text,
    startAt: text,
    quantity: long,
    status: text,
    reason: String,
    zone: String,
    description: String,
    billedQuantity: long,
    amountMicro: long,
    currency: text,
    explanation: Object,
  }),
  [{ keys: { partnerId: 1, periodKey: 1, groupId: 1 } }, { keys: { recordId: 1 } }],
);

export const WholesalePeriods = defineCollection<WholesalePeriodRow>(
  'wholesalePeriods',
  rowSchema({
    _id: text,
    version: { type: Number, required: true },
    sums: [
      rowSchema({
        sum: text,
        reported: long,
        charged: long,
        billed: BigInt,
        connects: BigInt,
        events: BigInt,
        money: String,
        exact: String,
      }),
    ],
  }),
  [],
);
