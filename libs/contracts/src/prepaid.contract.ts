import { compareInstants, addDuration, type Instant, minutesBetween } from '@tollkeeper/calendar';
import type { RoundingMode } from '@tollkeeper/money';
import type { DueRenewal, PaidPeriod } from './customers.contract';
import type { FactReceiver } from './facts';
import type { AttemptState } from './payments.contract';
import type { ProcessInput } from './process';

/** What a tenant does when a plan paid in advance is not paid. Dated; enters a process as data. */
export interface RenewalRules {
  /** Hours after the first failure at which the charge is tried again, ascending. */
  retryHours: number[];
  /** Hours after the paid period for which the service goes on unpaid. */
  graceHours: number;
  /** Days after the lapse until the subscription ends and its number is freed; `null`: never by itself. */
  keepNumberDays: number | null;
  /** Whether the unused whole days of a paid period are given back at termination, and how the amount is rounded. */
  refundUnused: boolean;
  refundRounding: RoundingMode;
}

/** Paid in time a period is as planned; paid late it begins when it is paid, as long as ever: no one pays for time without service. */
export function periodWhenPaid({ from, to }: PaidPeriod, paidAt: Instant): PaidPeriod {
  if (compareInstants(paidAt, from) <= 0) return { from, to };
  return { from: paidAt, to: addDuration(paidAt, { minutes: minutesBetween(from, to) }) };
}

/** A paid period ended before its last day, and its unused part is given back. Told by customers, once per period. */
export interface UnusedPeriodFact {
  accountId: string;
  subscriptionId: string;
  /** `DueRenewal.from` of the renewal that paid it: with the subscription it names the payment. */
  dueFrom: Instant;
  from: Instant;
  to: Instant;
  unusedFrom: Instant;
  rounding: RoundingMode;
}

/** Activities of customers for plans paid in advance, beside those of its contract. */
export interface PrepaidActivities extends FactReceiver<'paymentChanged' | 'paymentReversed'> {
  /** Lapses what ended without auto-renewal and ends what has lapsed for as long as its number is kept. */
  closePaidPeriods(input: {
    tenantId: string;
    at: Instant;
    limit: number;
  }): Promise<{ lapsed: number; expired: number; more: boolean }>;
  /**
   * What is to be charged for the period after `from` as things stand now, of the payer of now; `null`: nothing.
   * `inGrace`: the period is still open, so it may be wanted again, and without a payment it lapses when grace ends.
   */
  renewalStillDue(input: {
    tenantId: string;
    subscriptionId: string;
    from: Instant;
    at: Instant;
  }): Promise<{ due: DueRenewal | null; inGrace: boolean }>;
  /** What a renewal by hand has to charge; `null` when there is nothing to renew any more. */
  loadRenewalRequest(input: {
    tenantId: string;
    requestId: string;
    at: Instant;
  }): Promise<{ renewal: DueRenewal | null }>;
  recordRenewalRequest(input: {
    tenantId: string;
    requestId: string;
    outcome: AttemptState | 'notRenewable';
    at: Instant;
  }): Promise<void>;
}

/** Activities of payments for top-up balances, on its bulk queue. */
export interface TopUpActivities {
  /** Charges the card for a top-up that was asked for; the same again charges nothing again. */
  chargeTopUp(input: { tenantId: string; topUpId: string; at: Instant }): Promise<{ state: AttemptState }>;
}

export interface TopUpInput extends ProcessInput {
  topUpId: string;
}
