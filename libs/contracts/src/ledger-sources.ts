import type { PostingRule } from './ledger-rules';

/**
 * Where a rule comes from. Standards and the EU VAT directive as the common ground; a tenant's own law may say
 * otherwise, which is why rates and the moment of tax are settings.
 */
const revenue = 'IFRS 15.31 and 15.105: revenue as the service is rendered, a contract liability before';
const taxAside = 'IFRS 15.47: amounts collected for a third party are no revenue';
const priceChange =
  'IFRS 15.51 and 15.87; Directive 2006/112/EC Art. 90(1): price and tax are reduced together';
const voucher =
  'IFRS 15.106; Directive 2006/112/EC Art. 30a and 30b: tax at the sale where place and rate are known then, else at use';
const liability = 'IFRS 9.3.1.1: an amount that must be given back is a financial liability, not revenue';
const extinguished = 'IFRS 9.3.2.3 and 9.3.3.1: receivable and liability end as far as they are settled';
const breakage = 'IFRS 15.B44 to B47: what customers leave unused becomes revenue when the claim to it ends';
const badDebt = 'IFRS 9.5.4.4: written off when there is no reasonable prospect of recovery';
const relief =
  'Directive 2006/112/EC Art. 90(1): tax on what is never paid is reduced, and owed again when it is paid';
const consideration = 'IFRS 15.70: given to a customer without a service in return';

export const postingSources: Readonly<Record<PostingRule, string | null>> = {
  invoiceFinalized: `${revenue}; ${taxAside}`,
  creditNote: priceChange,
  priceReduction: priceChange,
  exGratiaCredit: `${consideration}; no price of a service falls, so no tax does`,
  recognition: `${revenue}; ${taxAside}`,
  roundingDifference: null,
  paymentCaptured: extinguished,
  suspenseReceived: liability,
  suspenseTaken: extinguished,
  suspensePaidOut: 'What left the bank is in the books on its day, whoever finds out later what it was for',
  suspenseCovered: 'A counter-posting: nothing that was posted is changed',
  paymentAllocated: extinguished,
  allocationUndone: 'A counter-posting: nothing that was posted is changed',
  overpayment: liability,
  creditApplied: extinguished,
  creditRestored: 'A counter-posting: nothing that was posted is changed',
  creditPromised: liability,
  creditReleased: 'A counter-posting: nothing that was posted is changed',
  depositPromised: liability,
  depositReleased: 'A counter-posting: nothing that was posted is changed',
  promisePaid: extinguished,
  refund: extinguished,
  chargeback: 'Rules of the card schemes; the debt is open again',
  returnedDebit: 'SEPA Direct Debit Core Rulebook 4.4: a returned collection was never paid',
  paymentUndone: 'A counter-posting: nothing that was posted is changed',
  creditTakenBack: 'Money that was taken back was never ours to owe',
  depositTakenBack: 'Money that was taken back was never ours to owe',
  topUpTakenBack: priceChange,
  renewalTakenBack: priceChange,
  reversalCredited: 'Money that came back belongs to whoever paid it',
  refundFailed: 'The claim of the payer stands until the money has reached them',
  reversalLoss: badDebt,
  reversalWon: badDebt,
  gatewayFee: 'Directive 2006/112/EC Art. 135(1)(d): payment services are exempt from tax',
  lateFee: 'CJEU C-222/81: compensation for late payment is no price of a service and carries no tax',
  lateFeeWaived: 'A counter-posting: nothing that was posted is changed',
  depositReceived: `${liability}; no service is paid for, so no tax is due`,
  depositApplied: extinguished,
  depositRestored: 'A counter-posting: nothing that was posted is changed',
  depositReturned: extinguished,
  topUp: voucher,
  topUpSpent: `${revenue}; ${voucher}`,
  topUpExpired: breakage,
  topUpRefunded: priceChange,
  promotionalCredit: consideration,
  promotionalSpent: extinguished,
  promotionalRestored: 'A counter-posting: nothing that was posted is changed',
  promotionalExpired: breakage,
  renewalPaid: `${revenue}; ${taxAside}`,
  renewalPaidFromTopUp: `${revenue}; ${voucher}`,
  renewalRefunded: priceChange,
  renewalReturnedToTopUp: priceChange,
  deviceSale: 'IFRS 15.38: revenue of a good when it is handed over',
  deviceInstalment: 'IFRS 15.108: a receivable is a right to money that only waits for its date',
  deviceCredit: liability,
  writeOff: badDebt,
  badDebtRelief: relief,
  recovery: `${badDebt}; ${relief}`,
  recoveredFromPayment: `${badDebt}; ${relief}`,
  wholesaleCost: null,
};
