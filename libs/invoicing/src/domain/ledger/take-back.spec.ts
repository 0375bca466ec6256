import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OpenItem } from './open-item';
import { takeBack, takeBackDeposit, type TakeBackState } from './take-back';
import type { AllocationSource, PlacedAllocation } from './undo-allocation';

const item = (invoiceId: string, totalMinor: number, openMinor: number): OpenItem => ({
  ...{ invoiceId, accountId: 'acc_1', currency: 'EUR', netMinor: totalMinor, taxes: [], totalMinor },
  ...{ openMinor, feesOpenMinor: 0, adjustedMinor: 0, creditAppliedMinor: 0 },
  ...{ dueOn: '2026-02-15', writeOff: null },
});

const placed = (
  invoiceId: string,
  amountMinor: number,
  source: AllocationSource = 'payment',
): PlacedAllocation => ({
  ...{ allocationId: `alc_${invoiceId}_${source}`, source, accountId: 'acc_1', invoiceId, currency: 'EUR' },
  ...{ paymentId: source === 'payment' ? 'pay_1' : null, amountMinor, feesMinor: 0 },
});

const reversal = (amountMinor: number) => ({
  ...{ reversalId: 'sandbox/dp_1', rule: 'chargeback' as const, paymentId: 'pay_1', accountId: 'acc_1' },
  ...{ amountMinor, currency: 'EUR', gateway: 'sandbox' },
});

const state = (change: Partial<TakeBackState>): TakeBackState => ({
  ...{ allocations: [], creditAllocations: [], items: new Map(), creditMinor: 0, creditAtHandMinor: 0 },
  newAllocationId: () => 'alc_new',
  ...change,
});

const itemsOf = (...items: OpenItem[]) => new Map(items.map((each) => [each.invoiceId, each]));
const rulesOf = (amountMinor: number, change: Partial<TakeBackState>) =>
  takeBack(reversal(amountMinor), state(change)).postings.map(({ rule, invoiceId, lines }) =>
    [rule, invoiceId, lines.find(({ amountMinor: minor }) => minor > 0)?.amountMinor].join(' '),
  );

describe('a payment of 50.00 that is taken back', () => {
  it('opens the invoice that it paid', () => {
    const change = { allocations: [placed('inv_1', 5000)], items: itemsOf(item('inv_1', 5000, 0)) };
    expect(rulesOf(5000, change)).toEqual(['chargeback inv_1 5000']);
    expect(takeBack(reversal(5000), state(change)).items).toMatchObject([{ openMinor: 5000 }]);
  });

  it('in part: 20.00 are open, 30.00 stay paid', () => {
    const change = { allocations: [placed('inv_1', 5000)], items: itemsOf(item('inv_1', 5000, 0)) };
    const { undone, kept, items } = takeBack(reversal(2000), state(change));
    expect([undone, kept, items]).toMatchObject([
      ['alc_inv_1_payment'],
      [{ allocationId: 'alc_new', amountMinor: 3000 }],
      [{ openMinor: 2000 }],
    ]);
  });

  it('an over-payment: the invoice, then the credit that is still there', () => {
    expect(
      rulesOf(5000, {
        allocations: [placed('inv_1', 4000)],
        items: itemsOf(item('inv_1', 4000, 0)),
        creditMinor: 1000,
        creditAtHandMinor: 1000,
      }),
    ).toEqual(['chargeback inv_1 4000', 'creditTakenBack  1000']);
  });

  it('its credit paid another invoice: that one is open too', () => {
    expect(
      rulesOf(5000, {
        allocations: [placed('inv_1', 4000)],
        creditAllocations: [placed('inv_2', 1000, 'credit')],
        items: itemsOf(item('inv_1', 4000, 0), { ...item('inv_2', 1000, 0), creditAppliedMinor: 1000 }),
        creditMinor: 1000,
      }),
    ).toEqual(['chargeback inv_1 4000', 'chargeback inv_2 1000']);
  });

  it('what no invoice can ask for is a loss', () => {
    const lost = {
      ...item('inv_1', 5000, 0),
      writeOff: {
        ...{ at: '2026-03-01T00:00:00.000Z', amountMinor: 1, feesMinor: 0, recoveredMinor: 0 },
        ...{ relievedFromMinor: 0, reliefs: [] },
      },
    };
    expect(rulesOf(5000, { allocations: [placed('inv_1', 5000)], items: itemsOf(lost) })).toEqual([
      'reversalLoss  5000',
    ]);
  });
});

it('all that is taken back has its place, and no invoice asks for more than was paid of it', () => {
  const minor = fc.integer({ min: 1, max: 9999 });
  fc.assert(
    fc.property(fc.array(minor, { maxLength: 4 }), minor, minor, minor, (paid, credit, atHand, amount) => {
      const invoices = paid.map((each, no) => item(`inv_${no}`, each, 0));
      const taken = takeBack(
        reversal(amount),
        state({
          allocations: invoices.map(({ invoiceId, totalMinor }) => placed(invoiceId, totalMinor)),
          items: itemsOf(...invoices),
          creditMinor: credit,
          creditAtHandMinor: atHand,
        }),
      );
      const posted = taken.postings
        .flatMap(({ lines }) => lines)
        .filter(({ amountMinor }) => amountMinor > 0);
      expect(posted.reduce((sum, line) => sum + line.amountMinor, 0)).toBe(amount);
      expect(taken.items.every(({ openMinor, totalMinor }) => openMinor <= totalMinor)).toBe(true);
    }),
  );
});

describe('a deposit of 50.00 that was recorded for the wrong account', () => {
  const undone = (heldMinor: number, usedMinor: number) =>
    takeBackDeposit(
      { ...reversal(5000), rule: 'paymentUndone', gateway: 'cash' },
      {
        allocations: usedMinor > 0 ? [placed('inv_1', usedMinor, 'deposit')] : [],
        items: itemsOf(item('inv_1', 5000, 5000 - usedMinor)),
        ...{ heldMinor, newAllocationId: () => 'alc_new' },
      },
    );
  it.each([
    ['held', 5000, 0, ['depositTakenBack 5000'], 0],
    ['used for an invoice: that is open again', 0, 5000, ['paymentUndone 5000'], 0],
    ['used in part', 3000, 2000, ['paymentUndone 2000', 'depositTakenBack 3000'], 0],
    ['beside another deposit, which stays', 8000, 0, ['depositTakenBack 5000'], 0],
    ['paid out by hand before', 0, 0, ['reversalLoss 5000'], 5000],
  ])('%s', (_what, heldMinor, usedMinor, rules, lossMinor) => {
    const { postings, lossMinor: loss, items } = undone(heldMinor, usedMinor);
    expect(
      postings.map(({ rule, lines }) => `${rule} ${lines.find((line) => line.amountMinor > 0)?.amountMinor}`),
    ).toEqual(rules);
    expect(loss).toBe(lossMinor);
    expect(items.map(({ openMinor }) => openMinor)).toEqual(usedMinor > 0 ? [5000] : []);
    for (const { lines } of postings)
      expect(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
  });
});
