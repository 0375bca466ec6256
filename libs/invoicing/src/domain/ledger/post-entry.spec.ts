import { describe, expect, it } from '@jest/globals';
import { buildPosting } from '@tollkeeper/contracts';
import type { EntryRuleName } from './entry-rules';
import type { OpenItem } from './open-item';
import { type EntryState, isRefusal, postEntry } from './post-entry';

const at = '2026-03-01T12:00:00.000Z';

/** 100 and 19 % tax, of which 19 are paid; due on Feb 15. */
const january: OpenItem = {
  invoiceId: 'jan',
  accountId: 'acc',
  currency: 'EUR',
  netMinor: 100,
  taxes: [{ jurisdiction: 'DE', amountMinor: 19 }],
  totalMinor: 119,
  openMinor: 100,
  feesOpenMinor: 0,
  adjustedMinor: 0,
  creditAppliedMinor: 0,
  dueOn: '2026-02-15',
  writeOff: null,
};

const withFee: OpenItem = { ...january, openMinor: 105, feesOpenMinor: 5, adjustedMinor: 5 };
const lost: OpenItem = {
  ...january,
  openMinor: 0,
  writeOff: { at, amountMinor: 100, feesMinor: 0, recoveredMinor: 0, relievedFromMinor: 0, reliefs: [] },
};
const relieved: OpenItem = {
  ...lost,
  writeOff: { ...lost.writeOff!, reliefs: [{ jurisdiction: 'DE', amountMinor: 16 }] },
};

const state = (item: OpenItem | null): EntryState => ({
  at,
  on: '2026-03-01',
  item,
  owedMinor: { credit: 30, deposit: 50, promotional: 20 },
});

const posted = (rule: EntryRuleName, minor: number | null, item: OpenItem | null) => {
  const outcome = postEntry(rule, minor, state(item));
  if (isRefusal(outcome)) throw new Error(outcome.reason);
  const dimensions = { currency: 'EUR', gateway: 'bank' };
  const lines = buildPosting(rule, outcome.amounts, dimensions);
  return {
    ...outcome,
    lines: Object.fromEntries(lines.map(({ account, amountMinor }) => [account, amountMinor])),
  };
};

describe('an entry on an account', () => {
  it.each<[EntryRuleName, number, Record<string, number>]>([
    ['exGratiaCredit', 500, { goodwill: 500, customerCredit: -500 }],
    ['promotionalCredit', 500, { promotionalExpense: 500, 'contractLiability:promotional': -500 }],
    ['promotionalExpired', 20, { 'contractLiability:promotional': 20, promotionalExpense: -20 }],
    ['depositReturned', 50, { depositLiability: 50, 'clearing:bank': -50 }],
    ['gatewayFee', 7, { 'fees:gateway': 7, 'clearing:bank': -7 }],
  ])('%s of %i', (rule, minor, lines) => {
    expect(posted(rule, minor, null).lines).toEqual(lines);
  });
});

describe('an entry on an invoice', () => {
  it.each<[EntryRuleName, number | null, OpenItem, Record<string, number>, Partial<OpenItem>]>([
    [
      'creditApplied',
      30,
      january,
      { customerCredit: 30, receivable: -30 },
      { openMinor: 70, creditAppliedMinor: 30 },
    ],
    ['depositApplied', 50, january, { depositLiability: 50, receivable: -50 }, { openMinor: 50 }],
    [
      'promotionalSpent',
      20,
      january,
      { 'contractLiability:promotional': 20, receivable: -20 },
      { openMinor: 80 },
    ],
    [
      'priceReduction',
      50,
      january,
      { priceReduction: 42, 'taxPayable:DE': 8, receivable: -50 },
      { openMinor: 50, adjustedMinor: -50 },
    ],
    [
      'lateFee',
      5,
      january,
      { receivable: 5, 'fees:late': -5 },
      { openMinor: 105, feesOpenMinor: 5, adjustedMinor: 5 },
    ],
    [
      'lateFeeWaived',
      5,
      withFee,
      { 'fees:late': 5, receivable: -5 },
      { openMinor: 100, feesOpenMinor: 0, adjustedMinor: 0 },
    ],
    [
      'roundingDifference',
      2,
      january,
      { roundingDifference: 2, receivable: -2 },
      { openMinor: 98, adjustedMinor: -2 },
    ],
    ['writeOff', null, withFee, { badDebt: 105, receivable: -105 }, { openMinor: 0, feesOpenMinor: 0 }],
    ['badDebtRelief', null, lost, { 'taxPayable:DE': 16, badDebt: -16 }, { openMinor: 0 }],
    ['recovery', 40, lost, { 'clearing:bank': 40, badDebt: -40 }, { openMinor: 0 }],
    ['recovery', 40, relieved, { 'clearing:bank': 40, badDebt: -34, 'taxPayable:DE': -6 }, { openMinor: 0 }],
    [
      'recovery',
      100,
      relieved,
      { 'clearing:bank': 100, badDebt: -84, 'taxPayable:DE': -16 },
      { openMinor: 0 },
    ],
  ])('%s of %p', (rule, minor, item, lines, after) => {
    const effect = posted(rule, minor, item);
    expect(effect.lines).toEqual(lines);
    expect(effect.item).toMatchObject(after);
  });

  it('a fee that is in a write-off carries no tax that could be relieved', () => {
    const { item } = posted('writeOff', null, withFee);
    expect(posted('badDebtRelief', null, item).lines).toEqual({ 'taxPayable:DE': 16, badDebt: -16 });
  });

  it.each<[string, EntryRuleName, number | null, OpenItem | null, string, RegExp]>([
    ['more credit than there is', 'creditApplied', 31, january, 'amount.minor', /has 30/],
    [
      'more than is open',
      'depositApplied',
      11,
      { ...january, openMinor: 10 },
      'amount.minor',
      /10 of the invoice/,
    ],
    [
      'a reduction of what is paid',
      'priceReduction',
      101,
      january,
      'amount.minor',
      /100 of the invoice's price/,
    ],
    ['a reduction of a fee', 'priceReduction', 101, withFee, 'amount.minor', /100 of the invoice's price/],
    [
      'a late fee before the day',
      'lateFee',
      5,
      { ...january, dueOn: '2026-03-01' },
      'invoiceId',
      /not overdue/,
    ],
    ['a late fee on a paid bill', 'lateFee', 5, { ...january, openMinor: 0 }, 'invoiceId', /not overdue/],
    ['waiving what is not open', 'lateFeeWaived', 6, withFee, 'amount.minor', /5 of late fees/],
    ['rounding off too much', 'roundingDifference', 100, january, 'amount.minor', /at most 99/],
    ['a write-off of a part', 'writeOff', 50, january, 'amount.minor', /all of it/],
    ['a write-off of nothing', 'writeOff', null, { ...january, openMinor: 0 }, 'invoiceId', /nothing/],
    ['relief of a live debt', 'badDebtRelief', null, january, 'invoiceId', /not written off/],
    ['relief twice', 'badDebtRelief', null, relieved, 'invoiceId', /before/],
    ['recovery of a live debt', 'recovery', 10, january, 'invoiceId', /nothing/],
    ['recovery of more than was lost', 'recovery', 101, lost, 'amount.minor', /100 of it/],
    ['a deposit returned that is not there', 'depositReturned', 51, null, 'amount.minor', /is 50/],
    ['promotional credit that is not there', 'promotionalExpired', 21, null, 'amount.minor', /has 20/],
  ])('refuses %s', (_, rule, minor, item, field, reason) => {
    const outcome = postEntry(rule, minor, state(item));
    expect(outcome).toMatchObject({ field, reason: expect.stringMatching(reason), hint: expect.any(String) });
  });
});
