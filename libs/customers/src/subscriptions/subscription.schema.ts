import type { PlanAssignment, ProductStatus, RestrictionSpan } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { RenewalState } from '../domain/renewal-states';
import type { PartyPeriod } from '../domain/subscription-parties';

interface PaidPeriodRow {
  from: string;
  to: string;
  /** What paid for it; the same key again is the same period. */
  key: string;
}

/** Only for plans paid in advance. */
export interface RenewalRow {
  state: RenewalState;
  paidUntil: string;
  /** The failure that opened the subscription's own renewal process. */
  failingKey: string | null;
  /** Off: the plan ends with its paid period, without a charge. */
  autoRenew: boolean;
  /** The plan that the next period is charged for and begins with; `null`: the same. */
  nextOfferingId: string | null;
  lapsedAt: string | null;
  /** Lapsed until then the subscription ends and its number is freed; `null`: not by itself. */
  keptUntil: string | null;
}

/** A plan that has just been paid until then. */
export const paidRenewal = (paidUntil: string): RenewalRow => ({
  state: 'active',
  paidUntil,
  failingKey: null,
  autoRenew: true,
  nextOfferingId: null,
  lapsedAt: null,
  keptUntil: null,
});

/** A Product: one plan on one SIM. */
export interface SubscriptionRow {
  _id: string;
  accountId: string;
  externalId: string | null;
  status: ProductStatus;
  activeFrom: string;
  activeTo: string | null;
  plans: PlanAssignment[];
  /** Offerings on top of the plan, each with its own time. */
  addOns?: PlanAssignment[];
  /** Suspended because the customer asked for it, since then. */
  suspendedSince?: string | null;
  /** When it was held back, in order. Absent in rows from before: never. */
  restrictions?: RestrictionSpan[];
  /** It ended because a consumer withdrew from the contract. Absent: it did not. */
  withdrawn?: true;
  poolId: string | null;
  /** Who holds and who pays it, by time; empty while `accountId` has done both all along. */
  parties: PartyPeriod[];
  paidPeriods: PaidPeriodRow[];
  renewal: RenewalRow | null;
}

const text = { type: String, required: true };

export const Subscriptions = defineCollection<SubscriptionRow>(
  'subscriptions',
  rowSchema({
    _id: text,
    accountId: text,
    externalId: String,
    status: text,
    activeFrom: text,
    activeTo: String,
    plans: [rowSchema({ offeringId: text, from: text, to: String })],
    addOns: [rowSchema({ offeringId: text, from: text, to: String })],
    suspendedSince: String,
    restrictions: [rowSchema({ kind: text, from: text, to: String })],
    withdrawn: Boolean,
    poolId: String,
    parties: [
      rowSchema({ holderAccountId: text, payerAccountId: text, poolId: String, from: text, to: String }),
    ],
    paidPeriods: [rowSchema({ from: text, to: text, key: text })],
    renewal: rowSchema({
      state: text,
      paidUntil: text,
      failingKey: String,
      autoRenew: { type: Boolean, required: true },
      nextOfferingId: String,
      lapsedAt: String,
      keptUntil: String,
    }),
  }),
  [
    { keys: { accountId: 1 } },
    { keys: { 'parties.payerAccountId': 1 }, partial: { 'parties.payerAccountId': { $type: 'string' } } },
    { keys: { 'renewal.state': 1, status: 1, 'renewal.paidUntil': 1 } },
    { keys: { 'renewal.state': 1, 'renewal.keptUntil': 1 }, partial: { 'renewal.state': 'lapsed' } },
    { keys: { externalId: 1 }, unique: true, partial: { externalId: { $type: 'string' } } },
  ],
);
