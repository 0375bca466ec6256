import { describe, expect, it } from '@jest/globals';
import type { OpenItem } from './open-item';
import type { PostingDraft } from './posting-draft';
import { receivePayment } from './receive-payment';
import { type PlacedAllocation, undoAllocation } from './undo-allocation';

const item = (invoiceId: string, openMinor: number, change: Partial<OpenItem> = {}): OpenItem => ({
  invoiceId,
  accountId: 'acc',
  currency: 'EUR',
  netMinor: 100,
  taxes: [{ jurisdiction: 'DE', amountMinor: 19 }],
  totalMinor: 119,
  openMinor,
  feesOpenMinor: 0,
  adjustedMinor: 0,
  creditAppliedMinor: 0,
  dueOn: '2026-02-15',
  writeOff: null,
  ...change,
});

const lost = item('lost', 0, {
  writeOff: {
    at: '2026-02-20T00:00:00.000Z',
    amountMinor: 119,
    feesMinor: 0,
    recoveredMinor: 0,
    relievedFromMinor: 0,
    reliefs: [{ jurisdiction: 'DE', amountMinor: 19 }],
  },
});

const pay = (amountMinor: number, invoiceId: string | null) => ({
  paymentId: 'pay',
  accountId: 'acc',
  invoiceId,
  amountMinor,
  currency: 'EUR',
  gateway: 'bank',
});

/** `rule account minor` of every line. */
const shown = (postings: PostingDraft[]): string[] =>
  postings.flatMap(({ rule, lines }) =>
    lines.map(({ account, amountMinor }) => `${rule} ${account} ${amountMinor}`),
  );

describe('a payment of debt', () => {
  it('pays the bill and leaves the rest as credit', () => {
    const receipt = receivePayment(pay(150, null), [item('jan', 119)], '2026-02-20');
    expect(shown(receipt.postings)).toEqual([
      'paymentCaptured clearing:bank 150',
      'paymentCaptured unappliedCash -150',
      'paymentAllocated unappliedCash 119',
      'paymentAllocated receivable -119',
      'overpayment unappliedCash 31',
      'overpayment customerCredit -31',
    ]);
    expect(receipt).toMatchObject({ creditMinor: 31, recoveredMinor: 0, items: [{ openMinor: 0 }] });
  });

  it('that names a bill which was written off recovers it first, tax included', () => {
    const receipt = receivePayment(pay(150, 'lost'), [lost, item('jan', 20)], '2026-02-20');
    expect(shown(receipt.postings).slice(2)).toEqual([
      'recoveredFromPayment unappliedCash 119',
      'recoveredFromPayment badDebt -100',
      'recoveredFromPayment taxPayable:DE -19',
      'paymentAllocated unappliedCash 20',
      'paymentAllocated receivable -20',
      'overpayment unappliedCash 11',
      'overpayment customerCredit -11',
    ]);
    expect(receipt).toMatchObject({ creditMinor: 11, recoveredMinor: 119 });
  });

  it('that names no bill recovers nothing: the debt was given up', () => {
    const receipt = receivePayment(pay(50, null), [lost], '2026-02-20');
    expect(receipt).toMatchObject({ creditMinor: 50, recoveredMinor: 0, items: [] });
  });
});

describe('an allocation undone', () => {
  const allocation: PlacedAllocation = {
    allocationId: 'alc',
    source: 'payment',
    paymentId: 'pay',
    accountId: 'acc',
    invoiceId: 'jan',
    currency: 'EUR',
    amountMinor: 119,
    feesMinor: 0,
  };
  const paid = item('jan', 0, { creditAppliedMinor: 119 });

  it('of a payment: the bill is open, the money is credit', () => {
    const undone = undoAllocation(allocation, paid, null);
    expect(shown(undone.postings)).toEqual([
      'allocationUndone receivable 119',
      'allocationUndone unappliedCash -119',
      'overpayment unappliedCash 119',
      'overpayment customerCredit -119',
    ]);
    expect(undone).toMatchObject({ creditMinor: 119, moved: null, items: [{ openMinor: 119 }] });
  });

  it('and put elsewhere: the other bill takes what it needs, the rest is credit', () => {
    const stored = { ...allocation, _id: 'stored' };
    const undone = undoAllocation(stored, paid, { item: item('feb', 100), allocationId: 'new' });
    expect(undone.moved).not.toHaveProperty('_id');
    expect(shown(undone.postings)).toEqual([
      'allocationUndone receivable 119',
      'allocationUndone unappliedCash -119',
      'paymentAllocated unappliedCash 100',
      'paymentAllocated receivable -100',
      'overpayment unappliedCash 19',
      'overpayment customerCredit -19',
    ]);
    expect(undone.moved).toMatchObject({ allocationId: 'new', invoiceId: 'feb', amountMinor: 100 });
    expect(undone.items).toMatchObject([{ openMinor: 119 }, { openMinor: 0 }]);
  });

  it.each([
    ['credit', 'creditRestored', 'customerCredit', 0],
    ['deposit', 'depositRestored', 'depositLiability', 119],
    ['promotional', 'promotionalRestored', 'contractLiability:promotional', 119],
  ] as const)('of %s: back where it came from', (source, rule, account, creditApplied) => {
    const undone = undoAllocation({ ...allocation, source, paymentId: null }, paid, null);
    expect(shown(undone.postings)).toEqual([`${rule} receivable 119`, `${rule} ${account} -119`]);
    expect(undone).toMatchObject({ creditMinor: 0, items: [{ creditAppliedMinor: creditApplied }] });
  });
});
