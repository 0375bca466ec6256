import { describe, expect, it } from '@jest/globals';
import { buildPosting, type PostingAmounts, type PostingRule } from '@tollkeeper/contracts';
import { accountBalances, plainStatements, type StatementEntry } from './account-statement';

const entry = (on: string, rule: PostingRule, amounts: PostingAmounts): StatementEntry => ({
  _id: `${on}/${rule}`,
  on,
  rule,
  invoiceId: 'inv_1',
  paymentId: null,
  lines: buildPosting(rule, amounts, {
    currency: 'USD',
    category: 'recurring',
    jurisdiction: 'US-NY',
    gateway: 'sandbox',
  }),
});

const opening = [
  { account: 'receivable', currency: 'USD', minor: 1000 },
  { account: 'depositLiability', currency: 'USD', minor: -5000 },
];
const movements = [
  entry('2026-02-01', 'invoiceFinalized', { total: 2573, revenue: 2500, tax: 73 }),
  entry('2026-02-15', 'paymentCaptured', { amount: 4000 }),
  entry('2026-02-15', 'paymentAllocated', { amount: 3573 }),
  entry('2026-02-15', 'overpayment', { amount: 427 }),
];

describe('account statement', () => {
  it('opens, moves and closes each account of the customer', () => {
    expect(
      accountBalances(opening, movements).map(
        ({ account, openingMinor, debitMinor, creditMinor, closingMinor }) => [
          account,
          openingMinor,
          debitMinor,
          creditMinor,
          closingMinor,
        ],
      ),
    ).toEqual([
      ['customerCredit', 0, 0, 427, -427],
      ['depositLiability', -5000, 0, 0, -5000],
      ['receivable', 1000, 2573, 3573, 0],
      ['unappliedCash', 0, 4000, 4000, 0],
    ]);
  });

  it('says in simple words what is owed, without what only moves from one pocket to the other', () => {
    expect(plainStatements(opening, movements)).toEqual([
      {
        currency: 'USD',
        openingMinor: 1000,
        closingMinor: -427,
        lines: [
          { on: '2026-02-01', what: 'Bill', invoiceId: 'inv_1', amountMinor: 2573, balanceMinor: 3573 },
          {
            on: '2026-02-15',
            what: 'Payment received',
            invoiceId: 'inv_1',
            amountMinor: -4000,
            balanceMinor: -427,
          },
        ],
      },
    ]);
  });
});
