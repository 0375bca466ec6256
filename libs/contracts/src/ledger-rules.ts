import type { AccountTemplate } from './ledger-accounts';

export type Side = 'debit' | 'credit';

/** `amount` is the name under which the caller passes the value; one name may stand on several lines. */
export interface RuleLine {
  readonly account: AccountTemplate;
  readonly side: Side;
  readonly amount: string;
}

const debit = (account: AccountTemplate, amount: string): RuleLine => ({ account, side: 'debit', amount });
const credit = (account: AccountTemplate, amount: string): RuleLine => ({ account, side: 'credit', amount });

/** Which accounts a money fact touches: the only place that says so. */
export const postingRules = {
  invoiceFinalized: [
    debit('receivable', 'total'),
    credit('revenue:{category}', 'revenue'),
    credit('deferredRevenue', 'deferred'),
    credit('taxPayable:{jurisdiction}', 'tax'),
  ],
  creditNote: [
    debit('revenue:{category}', 'revenue'),
    debit('deferredRevenue', 'deferred'),
    debit('taxPayable:{jurisdiction}', 'tax'),
    credit('receivable', 'total'),
  ],
  priceReduction: [
    debit('priceReduction', 'net'),
    debit('taxPayable:{jurisdiction}', 'tax'),
    credit('receivable', 'total'),
  ],
  exGratiaCredit: [debit('goodwill', 'amount'), credit('customerCredit', 'amount')],
  /** One a tenant, currency and day: what the day's service earned of all that was charged or paid in advance. */
  recognition: [
    debit('deferredRevenue', 'deferred'),
    debit('contractLiability:prepaidPeriod', 'prepaid'),
    credit('revenue:{category}', 'revenue'),
    credit('taxPayable:{jurisdiction}', 'tax'),
  ],
  roundingDifference: [debit('roundingDifference', 'amount'), credit('receivable', 'amount')],

  paymentCaptured: [debit('clearing:{gateway}', 'amount'), credit('unappliedCash', 'amount')],
  paymentAllocated: [debit('unappliedCash', 'amount'), credit('receivable', 'amount')],
  allocationUndone: [debit('receivable', 'amount'), credit('unappliedCash', 'amount')],
  overpayment: [debit('unappliedCash', 'amount'), credit('customerCredit', 'amount')],
  creditApplied: [debit('customerCredit', 'amount'), credit('receivable', 'amount')],
  refund: [debit('customerCredit', 'amount'), credit('clearing:{gateway}', 'amount')],
  /** Money that had been kept for the customer goes back: the liability ends without ever being revenue. */
  topUpRefunded: [debit('contractLiability:topUp', 'amount'), credit('clearing:{gateway}', 'amount')],
  renewalRefunded: [
    debit('contractLiability:prepaidPeriod', 'amount'),
    credit('clearing:{gateway}', 'amount'),
  ],
  chargeback: [
    debit('receivable', 'amount'),
    debit('fees:gateway', 'fee'),
    credit('clearing:{gateway}', 'amount'),
    credit('clearing:{gateway}', 'fee'),
  ],
  returnedDebit: [
    debit('receivable', 'amount'),
    debit('fees:gateway', 'fee'),
    credit('clearing:{gateway}', 'amount'),
    credit('clearing:{gateway}', 'fee'),
  ],
  gatewayFee: [debit('fees:gateway', 'amount'), credit('clearing:{gateway}', 'amount')],
  lateFee: [debit('receivable', 'amount'), credit('fees:late', 'amount')],

  depositReceived: [debit('clearing:{gateway}', 'amount'), credit('depositLiability', 'amount')],
  depositApplied: [debit('depositLiability', 'amount'), credit('receivable', 'amount')],
  depositReturned: [debit('depositLiability', 'amount'), credit('clearing:{gateway}', 'amount')],

  topUp: [debit('clearing:{gateway}', 'amount'), credit('contractLiability:topUp', 'amount')],
  topUpSpent: [
    debit('contractLiability:topUp', 'total'),
    credit('revenue:{category}', 'revenue'),
    credit('taxPayable:{jurisdiction}', 'tax'),
  ],
  promotionalCredit: [
    debit('promotionalExpense', 'amount'),
    credit('contractLiability:promotional', 'amount'),
  ],
  promotionalSpent: [debit('contractLiability:promotional', 'amount'), credit('receivable', 'amount')],
  renewalPaid: [debit('clearing:{gateway}', 'amount'), credit('contractLiability:prepaidPeriod', 'amount')],

  deviceSale: [
    debit('deviceReceivable', 'total'),
    credit('revenue:{category}', 'revenue'),
    credit('taxPayable:{jurisdiction}', 'tax'),
  ],
  /** A billed instalment moves the debt; it is no service revenue and carries no new tax. */
  deviceInstalment: [debit('receivable', 'amount'), credit('deviceReceivable', 'amount')],

  writeOff: [debit('badDebt', 'amount'), credit('receivable', 'amount')],
  badDebtRelief: [debit('taxPayable:{jurisdiction}', 'amount'), credit('badDebt', 'amount')],
  recovery: [debit('clearing:{gateway}', 'amount'), credit('badDebt', 'amount')],
  wholesaleCost: [debit('wholesaleCost', 'amount'), credit('wholesalePayable', 'amount')],
} as const satisfies Record<string, readonly RuleLine[]>;

export type PostingRule = keyof typeof postingRules;
