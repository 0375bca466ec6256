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

/** Which accounts a money fact touches: the only place that says so. Why: `postingSources`. */
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
    /** What a cancelled bill had been charged or granted since: late fees, price reductions, rounding. */
    debit('fees:late', 'fees'),
    credit('priceReduction', 'reduced'),
    credit('roundingDifference', 'rounded'),
    credit('receivable', 'total'),
    /** What is taken off the debt for a device. */
    credit('deviceReceivable', 'devices'),
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
  /** Bank statements: what no account can be named for waits in suspense, from where a payment takes it. */
  suspenseReceived: [debit('clearing:{gateway}', 'amount'), credit('suspense', 'amount')],
  suspenseTaken: [debit('suspense', 'amount'), credit('clearing:{gateway}', 'amount')],
  suspensePaidOut: [debit('suspense', 'amount'), credit('clearing:{gateway}', 'amount')],
  suspenseCovered: [debit('clearing:{gateway}', 'amount'), credit('suspense', 'amount')],
  paymentAllocated: [debit('unappliedCash', 'amount'), credit('receivable', 'amount')],
  allocationUndone: [debit('receivable', 'amount'), credit('unappliedCash', 'amount')],
  overpayment: [debit('unappliedCash', 'amount'), credit('customerCredit', 'amount')],
  creditApplied: [debit('customerCredit', 'amount'), credit('receivable', 'amount')],
  creditRestored: [debit('receivable', 'amount'), credit('customerCredit', 'amount')],
  /** What is promised to go back serves nothing else; it goes by `promisePaid`, or is at hand again when released. */
  creditPromised: [debit('customerCredit', 'amount'), credit('refundsPayable', 'amount')],
  creditReleased: [debit('refundsPayable', 'amount'), credit('customerCredit', 'amount')],
  depositPromised: [debit('depositLiability', 'amount'), credit('refundsPayable', 'amount')],
  depositReleased: [debit('refundsPayable', 'amount'), credit('depositLiability', 'amount')],
  promisePaid: [debit('refundsPayable', 'amount'), credit('clearing:{gateway}', 'amount')],
  refund: [debit('customerCredit', 'amount'), credit('clearing:{gateway}', 'amount')],
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
  /** Booked to the wrong account: the debt is open again, the money is not the account's. */
  paymentUndone: [debit('receivable', 'amount'), credit('clearing:{gateway}', 'amount')],
  /** What no invoice took: account credit that is still there, otherwise a loss until a person bills it. */
  creditTakenBack: [debit('customerCredit', 'amount'), credit('clearing:{gateway}', 'amount')],
  reversalLoss: [debit('badDebt', 'amount'), credit('clearing:{gateway}', 'amount')],
  reversalWon: [debit('clearing:{gateway}', 'amount'), credit('badDebt', 'amount')],
  /** Paid in advance and taken back: what was not used leaves the liability as a refund would. */
  topUpTakenBack: [
    debit('contractLiability:topUp', 'net'),
    debit('taxPayable:{jurisdiction}', 'tax'),
    credit('clearing:{gateway}', 'total'),
  ],
  renewalTakenBack: [
    debit('contractLiability:prepaidPeriod', 'net'),
    debit('taxPayable:{jurisdiction}', 'tax'),
    credit('clearing:{gateway}', 'total'),
  ],
  /** Won back after its period or balance had been taken: it is the account's. */
  reversalCredited: [debit('clearing:{gateway}', 'amount'), credit('customerCredit', 'amount')],
  /** A refund that failed after it had gone: the gateway holds the money again, and the payer's claim stands. */
  refundFailed: [debit('clearing:{gateway}', 'amount'), credit('refundsPayable', 'amount')],
  gatewayFee: [debit('fees:gateway', 'amount'), credit('clearing:{gateway}', 'amount')],
  lateFee: [debit('receivable', 'amount'), credit('fees:late', 'amount')],
  lateFeeWaived: [debit('fees:late', 'amount'), credit('receivable', 'amount')],

  depositReceived: [debit('clearing:{gateway}', 'amount'), credit('depositLiability', 'amount')],
  depositApplied: [debit('depositLiability', 'amount'), credit('receivable', 'amount')],
  depositRestored: [debit('receivable', 'amount'), credit('depositLiability', 'amount')],
  /** A deposit that was taken back, or was never this account's: what is still held of it. */
  depositTakenBack: [debit('depositLiability', 'amount'), credit('clearing:{gateway}', 'amount')],
  depositReturned: [debit('depositLiability', 'amount'), credit('clearing:{gateway}', 'amount')],

  /** `tax` is given where the tenant's tax is due at the sale; what is left is `net`. */
  topUp: [
    debit('clearing:{gateway}', 'total'),
    credit('contractLiability:topUp', 'net'),
    credit('taxPayable:{jurisdiction}', 'tax'),
  ],
  topUpSpent: [
    debit('contractLiability:topUp', 'total'),
    credit('revenue:{category}', 'revenue'),
    credit('taxPayable:{jurisdiction}', 'tax'),
  ],
  topUpExpired: [
    debit('contractLiability:topUp', 'total'),
    credit('revenue:{category}', 'revenue'),
    credit('taxPayable:{jurisdiction}', 'tax'),
  ],
  /** Money kept for the customer goes back: the liability, and tax that was due at the sale, end without revenue. */
  topUpRefunded: [
    debit('contractLiability:topUp', 'net'),
    debit('taxPayable:{jurisdiction}', 'tax'),
    credit('clearing:{gateway}', 'total'),
  ],
  promotionalCredit: [
    debit('promotionalExpense', 'amount'),
    credit('contractLiability:promotional', 'amount'),
  ],
  promotionalSpent: [debit('contractLiability:promotional', 'amount'), credit('receivable', 'amount')],
  promotionalRestored: [debit('receivable', 'amount'), credit('contractLiability:promotional', 'amount')],
  promotionalExpired: [
    debit('contractLiability:promotional', 'amount'),
    credit('promotionalExpense', 'amount'),
  ],
  renewalPaid: [
    debit('clearing:{gateway}', 'total'),
    credit('contractLiability:prepaidPeriod', 'net'),
    credit('taxPayable:{jurisdiction}', 'tax'),
  ],
  renewalPaidFromTopUp: [
    debit('contractLiability:topUp', 'total'),
    credit('contractLiability:prepaidPeriod', 'net'),
    credit('taxPayable:{jurisdiction}', 'tax'),
  ],
  renewalRefunded: [
    debit('contractLiability:prepaidPeriod', 'net'),
    debit('taxPayable:{jurisdiction}', 'tax'),
    credit('clearing:{gateway}', 'total'),
  ],
  renewalReturnedToTopUp: [
    debit('contractLiability:prepaidPeriod', 'net'),
    debit('taxPayable:{jurisdiction}', 'tax'),
    credit('contractLiability:topUp', 'total'),
  ],

  deviceSale: [
    debit('deviceReceivable', 'total'),
    credit('revenue:{category}', 'revenue'),
    credit('taxPayable:{jurisdiction}', 'tax'),
  ],
  /** A billed instalment moves the debt; it is no service revenue and carries no new tax. */
  deviceInstalment: [debit('receivable', 'amount'), credit('deviceReceivable', 'amount')],

  /** A credit on the device that is more than its open instalments: money that was paid for it is the customer's again. */
  deviceCredit: [debit('deviceReceivable', 'amount'), credit('customerCredit', 'amount')],

  writeOff: [debit('badDebt', 'amount'), credit('receivable', 'amount')],
  badDebtRelief: [debit('taxPayable:{jurisdiction}', 'tax'), credit('badDebt', 'total')],
  /** Tax that was relieved is owed again as far as the debt is paid after all. */
  recovery: [
    debit('clearing:{gateway}', 'total'),
    credit('badDebt', 'net'),
    credit('taxPayable:{jurisdiction}', 'tax'),
  ],
  recoveredFromPayment: [
    debit('unappliedCash', 'total'),
    credit('badDebt', 'net'),
    credit('taxPayable:{jurisdiction}', 'tax'),
  ],
  wholesaleCost: [debit('wholesaleCost', 'amount'), credit('wholesalePayable', 'amount')],
} as const satisfies Record<string, readonly RuleLine[]>;

export type PostingRule = keyof typeof postingRules;
