import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { GiveBack } from '../domain/deposit-due-back';
import type { OfferingDeposit } from '../domain/offering-deposits';
import type { CapBar, ToldThreshold, UsageOfPeriod } from '../domain/usage-caps';

/** A deposit that was asked for and does not stand in the books yet; `paymentId`: the money was taken. */
interface DepositClaim {
  key: string;
  amountMinor: number;
  paymentId: string | null;
  at: Instant;
}

/** What customers knows of an account's credit: the copies of what rating and the books say, and what follows of it. */
export interface CreditAccountRow {
  _id: string;
  accountId: string;
  /** When it is to be looked at; null: when something changes. */
  lookAt: Instant | null;
  balance: {
    revision: number;
    openDebtMinor: number;
    creditMinor: number;
    depositMinor: number;
    depositSince: Instant | null;
  } | null;
  usage: UsageOfPeriod[];
  told: ToldThreshold[];
  bars: CapBar[];
  claims: DepositClaim[];
  /** Deposits of these payments stand in the books. */
  bookedPaymentIds: string[];
  /** Taken by its class or an order, so given back by rule; what somebody deposits by hand is given back by hand. */
  managed: boolean;
  /** What orders agreed for offerings; absent in rows from before: nothing. */
  offeringDeposits?: OfferingDeposit[];
  waiver: { creditClass: string; reason: string; by: string; at: Instant } | null;
  /** Asked of a live account, because its class or its services demand more. */
  topUp: {
    key: string;
    attempt: number;
    amountMinor: number;
    state: 'asked' | 'waiting' | 'refused';
    reason: string | null;
    at: Instant;
  } | null;
  /** What orders took, the latest last: undone, it goes back. */
  takenByOrders: { key: string; amountMinor: number }[];
  /** Taken by orders that were undone, or for an offering that was changed away. */
  undoneMinor: number;
  giveBack: GiveBack | null;
  proven: { creditClass: string; at: Instant } | null;
  lateAt: Instant | null;
  /** The customer's own cap on data roaming; `capMinor` null: none. */
  roamingChoice: { capMinor: number | null; reason: string; by: string; at: Instant } | null;
}

export const newCreditAccount = (tenantId: string, accountId: string): CreditAccountRow => ({
  _id: `${tenantId}/${accountId}`,
  accountId,
  lookAt: null,
  balance: null,
  usage: [],
  told: [],
  bars: [],
  claims: [],
  bookedPaymentIds: [],
  managed: false,
  waiver: null,
  topUp: null,
  takenByOrders: [],
  undoneMinor: 0,
  giveBack: null,
  proven: null,
  lateAt: null,
  roamingChoice: null,
});

const text = { type: String, required: true };
const long = { type: BigInt, required: true };
const count = { type: Number, required: true };
const flag = { type: Boolean, required: true };
const whose = { reason: text, by: text, at: text };

export const CreditAccounts = defineCollection<CreditAccountRow>(
  'creditAccounts',
  rowSchema({
    _id: text,
    accountId: text,
    lookAt: String,
    balance: rowSchema({
      revision: count,
      openDebtMinor: long,
      creditMinor: long,
      depositMinor: long,
      depositSince: String,
    }),
    usage: [
      rowSchema({
        periodKey: text,
        fromAt: text,
        toAt: text,
        revision: count,
        ratedMicro: long,
        roamingDataMicro: long,
        billed: flag,
      }),
    ],
    told: [rowSchema({ cause: text, periodKey: text, percent: count, at: text })],
    bars: [rowSchema({ cause: text, periodKey: text, state: text, since: text, until: text })],
    claims: [rowSchema({ key: text, amountMinor: long, paymentId: String, at: text })],
    bookedPaymentIds: [String],
    managed: flag,
    offeringDeposits: [
      rowSchema({
        subscriptionId: text,
        offeringId: text,
        amountMinor: long,
        refundAfterMonths: Number,
        agreedAt: text,
      }),
    ],
    waiver: rowSchema({ creditClass: String, ...whose }),
    topUp: rowSchema({
      key: text,
      attempt: count,
      amountMinor: long,
      state: text,
      reason: String,
      at: text,
    }),
    takenByOrders: [rowSchema({ key: text, amountMinor: long })],
    undoneMinor: long,
    giveBack: rowSchema({
      key: text,
      cause: text,
      amountMinor: long,
      leavesMinor: long,
      since: text,
      endedAt: String,
      agreedKeys: [String],
      state: text,
      at: text,
    }),
    proven: rowSchema({ creditClass: text, at: text }),
    lateAt: String,
    roamingChoice: rowSchema({ capMinor: BigInt, ...whose }),
  }),
  [
    { keys: { accountId: 1 }, unique: true },
    { keys: { lookAt: 1, _id: 1 }, partial: { lookAt: { $type: 'string' } } },
  ],
);

/** What the operator sets for all its accounts. */
interface CreditSettingsRow {
  _id: string;
  /** In the operator's currency; null: the amount of the regulation, where it holds. */
  roamingDataCapMinor: number | null;
}

export const CreditSettings = defineCollection<CreditSettingsRow>(
  'creditSettings',
  rowSchema({ _id: text, roamingDataCapMinor: BigInt }),
  [],
);
