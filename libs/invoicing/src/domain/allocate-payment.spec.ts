import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocatePayment, paymentStateOf } from './allocate-payment';

const open = [
  { invoiceId: 'feb', openMinor: 200, dueOn: '2026-02-15' },
  { invoiceId: 'jan', openMinor: 100, dueOn: '2026-01-15' },
];

describe('allocation of a payment', () => {
  it.each<[string, number, string | null, [string, number][], number]>([
    [
      'designated first',
      250,
      'feb',
      [
        ['feb', 200],
        ['jan', 50],
      ],
      0,
    ],
    [
      'oldest due first',
      250,
      null,
      [
        ['jan', 100],
        ['feb', 150],
      ],
      0,
    ],
    ['part of the oldest', 40, null, [['jan', 40]], 0],
    [
      'more than is owed: the rest is credit',
      500,
      'jan',
      [
        ['jan', 100],
        ['feb', 200],
      ],
      200,
    ],
    ['a designation that is not open', 100, 'dec', [['jan', 100]], 0],
  ])('%s', (_, amount, designated, expected, rest) => {
    const { allocations, restMinor } = allocatePayment(amount, designated, open);
    expect(allocations.map(({ invoiceId, amountMinor }) => [invoiceId, amountMinor])).toEqual(expected);
    expect(restMinor).toBe(rest);
  });

  it('never loses or makes money', () => {
    const invoices = fc.array(
      fc.record({ openMinor: fc.nat(10_000), dueOn: fc.constantFrom('2026-01-01', '2026-02-01') }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.nat(50_000), invoices, (amount, list) => {
        const owed = list.map((each, index) => ({ ...each, invoiceId: `inv_${index}` }));
        const { allocations, restMinor } = allocatePayment(amount, null, owed);
        const allocated = allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        expect(allocated + restMinor).toBe(amount);
        for (const { invoiceId, amountMinor } of allocations) {
          expect(amountMinor).toBeLessThanOrEqual(
            owed.find((each) => each.invoiceId === invoiceId)!.openMinor,
          );
        }
      }),
    );
  });

  it.each([
    [100, 100, 'open'],
    [100, 40, 'partiallyPaid'],
    [100, 0, 'paid'],
    [0, 0, 'paid'],
  ])('of %i, %i open: %s', (total, left, expected) => {
    expect(paymentStateOf(total, left)).toBe(expected);
  });
});
