import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  buildPosting,
  ledgerAccountOf,
  type PostingAmounts,
  type PostingRule,
  postingRules,
  postingSources,
} from './ledger';

const dimensions = { currency: 'EUR', category: 'data', jurisdiction: 'DE', gateway: 'sandbox' };

/** One row per rule: what is passed, and what the books show (debit positive). */
const table: [PostingRule, PostingAmounts, Record<string, number>][] = [
  [
    'invoiceFinalized',
    { total: 2380, revenue: { data: 500, voice: 500 }, deferred: 1000, tax: { DE: 380 } },
    {
      receivable: 2380,
      'revenue:data': -500,
      'revenue:voice': -500,
      deferredRevenue: -1000,
      'taxPayable:DE': -380,
    },
  ],
  [
    'creditNote',
    { total: 110, revenue: 100, tax: 19, fees: 5, reduced: 12, rounded: 2 },
    {
      'revenue:data': 100,
      'taxPayable:DE': 19,
      'fees:late': 5,
      priceReduction: -12,
      roundingDifference: -2,
      receivable: -110,
    },
  ],
  [
    'priceReduction',
    { total: 119, net: 100, tax: 19 },
    { priceReduction: 100, 'taxPayable:DE': 19, receivable: -119 },
  ],
  ['exGratiaCredit', { amount: 500 }, { goodwill: 500, customerCredit: -500 }],
  [
    'recognition',
    { deferred: 89, prepaid: 33, revenue: { recurring: 89, data: 28 }, tax: { DE: 5 } },
    {
      deferredRevenue: 89,
      'contractLiability:prepaidPeriod': 33,
      'revenue:recurring': -89,
      'revenue:data': -28,
      'taxPayable:DE': -5,
    },
  ],
  ['roundingDifference', { amount: 1 }, { roundingDifference: 1, receivable: -1 }],
  ['paymentCaptured', { amount: 2380 }, { 'clearing:sandbox': 2380, unappliedCash: -2380 }],
  ['suspenseReceived', { amount: 2380 }, { 'clearing:sandbox': 2380, suspense: -2380 }],
  ['suspenseTaken', { amount: 2380 }, { suspense: 2380, 'clearing:sandbox': -2380 }],
  ['suspensePaidOut', { amount: 50 }, { suspense: 50, 'clearing:sandbox': -50 }],
  ['suspenseCovered', { amount: 50 }, { 'clearing:sandbox': 50, suspense: -50 }],
  ['paymentAllocated', { amount: 2000 }, { unappliedCash: 2000, receivable: -2000 }],
  ['allocationUndone', { amount: 2000 }, { receivable: 2000, unappliedCash: -2000 }],
  ['overpayment', { amount: 380 }, { unappliedCash: 380, customerCredit: -380 }],
  ['creditApplied', { amount: 380 }, { customerCredit: 380, receivable: -380 }],
  ['creditRestored', { amount: 380 }, { receivable: 380, customerCredit: -380 }],
  ['creditPromised', { amount: 380 }, { customerCredit: 380, refundsPayable: -380 }],
  ['creditReleased', { amount: 380 }, { refundsPayable: 380, customerCredit: -380 }],
  ['depositPromised', { amount: 2620 }, { depositLiability: 2620, refundsPayable: -2620 }],
  ['depositReleased', { amount: 2620 }, { refundsPayable: 2620, depositLiability: -2620 }],
  ['promisePaid', { amount: 380 }, { refundsPayable: 380, 'clearing:sandbox': -380 }],
  ['refund', { amount: 380 }, { customerCredit: 380, 'clearing:sandbox': -380 }],
  [
    'topUpRefunded',
    { total: 119, net: 100, tax: 19 },
    { 'contractLiability:topUp': 100, 'taxPayable:DE': 19, 'clearing:sandbox': -119 },
  ],
  [
    'topUpExpired',
    { total: 119, revenue: 100, tax: 19 },
    { 'contractLiability:topUp': 119, 'revenue:data': -100, 'taxPayable:DE': -19 },
  ],
  [
    'renewalRefunded',
    { total: 595, net: 500, tax: 95 },
    { 'contractLiability:prepaidPeriod': 500, 'taxPayable:DE': 95, 'clearing:sandbox': -595 },
  ],
  [
    'renewalReturnedToTopUp',
    { total: 500, net: 500 },
    { 'contractLiability:prepaidPeriod': 500, 'contractLiability:topUp': -500 },
  ],
  [
    'chargeback',
    { amount: 2000, fee: 15 },
    { receivable: 2000, 'fees:gateway': 15, 'clearing:sandbox': -2015 },
  ],
  [
    'returnedDebit',
    { amount: 2000, fee: 5 },
    { receivable: 2000, 'fees:gateway': 5, 'clearing:sandbox': -2005 },
  ],
  ['paymentUndone', { amount: 2000 }, { receivable: 2000, 'clearing:sandbox': -2000 }],
  ['creditTakenBack', { amount: 700 }, { customerCredit: 700, 'clearing:sandbox': -700 }],
  [
    'topUpTakenBack',
    { total: 119, net: 100, tax: 19 },
    { 'contractLiability:topUp': 100, 'taxPayable:DE': 19, 'clearing:sandbox': -119 },
  ],
  [
    'renewalTakenBack',
    { total: 119, net: 100, tax: 19 },
    { 'contractLiability:prepaidPeriod': 100, 'taxPayable:DE': 19, 'clearing:sandbox': -119 },
  ],
  ['reversalCredited', { amount: 800 }, { 'clearing:sandbox': 800, customerCredit: -800 }],
  ['refundFailed', { amount: 380 }, { 'clearing:sandbox': 380, refundsPayable: -380 }],
  ['reversalLoss', { amount: 800 }, { badDebt: 800, 'clearing:sandbox': -800 }],
  ['reversalWon', { amount: 800 }, { 'clearing:sandbox': 800, badDebt: -800 }],
  ['gatewayFee', { amount: 30 }, { 'fees:gateway': 30, 'clearing:sandbox': -30 }],
  ['lateFee', { amount: 500 }, { receivable: 500, 'fees:late': -500 }],
  ['lateFeeWaived', { amount: 500 }, { 'fees:late': 500, receivable: -500 }],
  ['depositReceived', { amount: 5000 }, { 'clearing:sandbox': 5000, depositLiability: -5000 }],
  ['depositApplied', { amount: 2380 }, { depositLiability: 2380, receivable: -2380 }],
  ['depositRestored', { amount: 2380 }, { receivable: 2380, depositLiability: -2380 }],
  ['depositTakenBack', { amount: 5000 }, { depositLiability: 5000, 'clearing:sandbox': -5000 }],
  ['depositReturned', { amount: 2620 }, { depositLiability: 2620, 'clearing:sandbox': -2620 }],
  [
    'topUp',
    { total: 1190, net: 1000, tax: 190 },
    { 'clearing:sandbox': 1190, 'contractLiability:topUp': -1000, 'taxPayable:DE': -190 },
  ],
  [
    'topUpSpent',
    { total: 119, revenue: 100, tax: 19 },
    { 'contractLiability:topUp': 119, 'revenue:data': -100, 'taxPayable:DE': -19 },
  ],
  ['promotionalCredit', { amount: 500 }, { promotionalExpense: 500, 'contractLiability:promotional': -500 }],
  ['promotionalSpent', { amount: 200 }, { 'contractLiability:promotional': 200, receivable: -200 }],
  ['promotionalRestored', { amount: 200 }, { receivable: 200, 'contractLiability:promotional': -200 }],
  ['promotionalExpired', { amount: 300 }, { 'contractLiability:promotional': 300, promotionalExpense: -300 }],
  [
    'renewalPaid',
    { total: 1190, net: 1000, tax: 190 },
    { 'clearing:sandbox': 1190, 'contractLiability:prepaidPeriod': -1000, 'taxPayable:DE': -190 },
  ],
  [
    'renewalPaidFromTopUp',
    { total: 1000, net: 1000 },
    { 'contractLiability:topUp': 1000, 'contractLiability:prepaidPeriod': -1000 },
  ],
  [
    'deviceSale',
    { total: 23800, revenue: { device: 20000 }, tax: 3800 },
    { deviceReceivable: 23800, 'revenue:device': -20000, 'taxPayable:DE': -3800 },
  ],
  ['deviceCredit', { amount: 500 }, { deviceReceivable: 500, customerCredit: -500 }],
  ['deviceInstalment', { amount: 992 }, { receivable: 992, deviceReceivable: -992 }],
  ['writeOff', { amount: 119 }, { badDebt: 119, receivable: -119 }],
  ['badDebtRelief', { total: 19, tax: 19 }, { 'taxPayable:DE': 19, badDebt: -19 }],
  [
    'recovery',
    { total: 119, net: 100, tax: 19 },
    { 'clearing:sandbox': 119, badDebt: -100, 'taxPayable:DE': -19 },
  ],
  [
    'recoveredFromPayment',
    { total: 119, net: 100, tax: 19 },
    { unappliedCash: 119, badDebt: -100, 'taxPayable:DE': -19 },
  ],
  ['wholesaleCost', { amount: 700 }, { wholesaleCost: 700, wholesalePayable: -700 }],
];

const booked = (rule: PostingRule, amounts: PostingAmounts): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { account, amountMinor } of buildPosting(rule, amounts, dimensions)) {
    sums[account] = (sums[account] ?? 0) + amountMinor;
  }
  return sums;
};

describe('posting table', () => {
  it('names the source of every rule that has one', () => {
    expect(Object.keys(postingSources).sort()).toEqual(Object.keys(postingRules).sort());
  });

  it('shows every rule', () => {
    expect(table.map(([rule]) => rule).sort()).toEqual(Object.keys(postingRules).sort());
  });

  it.each(table)('%s', (rule, amounts, expected) => {
    const lines = booked(rule, amounts);
    expect(lines).toEqual(expected);
    expect(Object.values(lines).reduce((sum, minor) => sum + minor, 0)).toBe(0);
    for (const account of Object.keys(lines)) expect(ledgerAccountOf(account).name).toBeTruthy();
  });

  it.each<[string, PostingRule, PostingAmounts, RegExp]>([
    [
      'parts that miss the total',
      'invoiceFinalized',
      { total: 120, revenue: 100, tax: 19 },
      /1 EUR minor units left over/,
    ],
    ['an amount that the rule lacks', 'topUp', { total: 1, fee: 1 }, /no amount "fee"/],
    ['half a cent', 'lateFee', { amount: 0.5 }, /whole minor units/],
    ['a dimension on a plain account', 'lateFee', { amount: { late: 1 } }, /takes one amount/],
  ])('refuses %s', (_, rule, amounts, message) => {
    expect(() => buildPosting(rule, amounts, dimensions)).toThrow(message);
  });

  it('refuses a gateway account without a gateway', () => {
    expect(() => buildPosting('topUp', { total: 1, net: 1 }, { currency: 'EUR' })).toThrow(/needs a gateway/);
  });

  it('balances for any parts of an invoice', () => {
    const minor = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(minor, minor, minor, minor, (data, voice, deferred, tax) => {
        const amounts = {
          total: data + voice + deferred + tax,
          revenue: { data, voice },
          deferred,
          tax: { DE: tax },
        };
        const lines = buildPosting('invoiceFinalized', amounts, dimensions);
        expect(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
      }),
    );
  });
});
