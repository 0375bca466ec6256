import type { Instant } from '@tollkeeper/calendar';
import type { FactReceiver } from './facts';
import type { OrderFacts, OrderRef } from './orders.contract';
import type { AttemptState } from './payments.contract';

/**
 * What an account has used in a period of its cycle and no invoice names yet. Told by rating after each batch for the
 * accounts that it touched and that have a limit or cap, and for data roaming; the higher revision wins.
 */
export interface RatedUsageFact {
  accountId: string;
  /** First day of the period. */
  periodKey: string;
  revision: number;
  fromAt: Instant;
  toAt: Instant;
  /** Exact, 10^-6 of the major unit, without tax. */
  ratedMicro: number;
  /** Of it data outside the home zone. */
  roamingDataMicro: number;
  /** An invoice has it: it is debt from now on. */
  billed: boolean;
}

/** What the books hold of an account with credit terms or a deposit; the higher revision wins. */
export interface AccountBalanceFact {
  accountId: string;
  revision: number;
  currency: string;
  openDebtMinor: number;
  creditMinor: number;
  depositMinor: number;
  /** Since when a deposit is held without a break. */
  depositSince: Instant | null;
  /** Deposits that came into the books with this change. */
  depositPaymentIds: string[];
}

/** What a person or process has to do about an account's deposit; customers decides, the process carries it out. */
export type DepositMatter =
  | {
      kind: 'take';
      accountId: string;
      key: string;
      attempt: number;
      amountMinor: number;
      currency: string;
    }
  | {
      kind: 'giveBack';
      accountId: string;
      key: string;
      /** `ended`: first against what is open after the final bill. */
      cause: 'goodPayment' | 'ended' | 'orderUndone';
      amountMinor: number;
      currency: string;
      /** Since when it is held, or payment was last late. */
      since: Instant;
      endedAt: Instant | null;
    };

export interface DepositDue {
  accountId: string;
  key: string;
  amountMinor: number;
  currency: string;
}

/** Activities of customers: what a credit class asks for and what it stops. */
export interface CreditActivities extends FactReceiver<'ratedUsageChanged' | 'accountBalanceChanged'> {
  /** Looks at accounts whose usage, balance, class or date gives cause: tells thresholds, bars, lifts bars. */
  workCredit(input: { tenantId: string; at: Instant; limit: number }): Promise<{
    matters: DepositMatter[];
    more: boolean;
    /** When there is next something to look at; null: nothing is awaited. */
    nextAt: Instant | null;
  }>;
  /** What an activation has to take before its service starts; `due` null: the step is done. */
  depositOf(input: OrderRef & { step: string }): Promise<{ due: DepositDue | null; facts: OrderFacts }>;
  /** What a charge of a deposit came to, for an order or for a higher demand. */
  recordDeposit(input: {
    tenantId: string;
    accountId: string;
    key: string;
    attempt: number;
    state: AttemptState;
    paymentId: string | null;
    at: Instant;
  }): Promise<void>;
  /** `given`: a refund is under way, or all of it paid bills. `later`: not before `lookAgainAt`. `lateSince`: payment was late, the good months begin again. */
  recordDepositReturn(input: {
    tenantId: string;
    accountId: string;
    key: string;
    outcome: 'given' | 'later' | 'lateSince';
    lookAgainAt: Instant | null;
    appliedMinor: number;
    refundedMinor: number;
    at: Instant;
  }): Promise<void>;
}

/** Activities of payments for deposits, on its short queue. */
export interface DepositActivities {
  /** The last time at which a collection of the account was open since then; `null`: it has paid well. */
  lateSince(input: {
    tenantId: string;
    accountId: string;
    since: Instant;
    at: Instant;
  }): Promise<{ lateAt: Instant | null }>;
  /** Starts the refund of a deposit; the same key again is the same refund. */
  refundDeposit(input: {
    tenantId: string;
    accountId: string;
    key: string;
    amountMinor: number;
    reason: string;
    at: Instant;
  }): Promise<{ requestKey: string }>;
}

/** Of payments on its bulk queue. */
export interface DepositBulkActivities {
  /** Charges the account's card for a deposit. An attempt that took the money, or may have, is not made again. */
  chargeDeposit(input: {
    tenantId: string;
    accountId: string;
    key: string;
    attempt: number;
    amountMinor: number;
    currency: string;
    at: Instant;
  }): Promise<{ state: AttemptState; paymentId: string | null }>;
}

/** Of invoicing: a deposit, or the part of it that ends, pays what is open, the oldest first. */
export interface DepositLedgerActivities {
  applyDeposit(input: {
    tenantId: string;
    accountId: string;
    key: string;
    /** Left out: all that is held. */
    upToMinor?: number;
    at: Instant;
  }): Promise<{ appliedMinor: number; leftMinor: number; currency: string }>;
}
