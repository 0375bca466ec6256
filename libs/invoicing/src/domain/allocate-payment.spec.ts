import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocatePayment, paymentStateOf } from './allocate-payment';

/** On Feb 20 January (100 and a late fee of 5) and February (200) are due, March (300) is not yet. */
const on = '2026-02-20';
const open = [
  { invoiceId: 'mar', openMinor: 300, feesOpenMinor: 0, dueOn: '2026-03-15' },
  { invoiceId: 'feb', openMinor: 200, feesOpenMinor: 0, dueOn: '2026-02-15' },
  { invoiceId: 'jan', openMinor: 105, feesOpenMinor: 5, dueOn: '2026-01-15' },
];

type Row = [string, number, string | null, [invoice: string, minor: number, fees: number][], number];

describe('allocation of a payment', () => {
  it.each<Row>([
    ['part of the oldest due', 40, null, [['jan', 40, 0]], 0],
    ['the oldest due, its fee not yet', 100, null, [['jan', 100, 0]], 0],
    [
      'the next due before the fee of the first',
      300,
      null,
      [
        ['jan', 100, 0],
        ['feb', 200, 0],
      ],
      0,
    ],
    [
      'fees before what is not yet due',
      303,
      null,
      [
        ['jan', 103, 3],
        ['feb', 200, 0],
      ],
      0,
    ],
    [
      'then what is not yet due',
      400,
      null,
      [
        ['jan', 105, 5],
        ['feb', 200, 0],
        ['mar', 95, 0],
      ],
      0,
    ],
    [
      'more than all: the rest is credit',
      1000,
      null,
      [
        ['jan', 105, 5],
        ['feb', 200, 0],
        ['mar', 300, 0],
      ],
      395,
    ],
    [
      'the designation before all else, its fee included',
      110,
      'jan',
      [
        ['jan', 105, 5],
        ['feb', 5, 0],
      ],
      0,
    ],
    [
      'a designation that is not yet due',
      310,
      'mar',
      [
        ['mar', 300, 0],
        ['jan', 10, 0],
      ],
      0,
    ],
    ['a designation that is not open', 100, 'dec', [['jan', 100, 0]], 0],
  ])('%s', (_, amount, designated, expected, rest) => {
    const { allocations, restMinor } = allocatePayment(amount, designated, open, on);
    const parts = allocations.map((each) => [each.invoiceId, each.amountMinor, each.feesMinor]);
    expect(parts).toEqual(expected);
    expect(restMinor).toBe(rest);
  });

  it('never loses or makes money', () => {
    const invoices = fc.array(
      fc.record({
        feesOpenMinor: fc.nat(500),
        serviceMinor: fc.nat(10_000),
        dueOn: fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01'),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.nat(50_000), fc.option(fc.nat(5)), invoices, (amount, designated, list) => {
        const owed = list.map(({ serviceMinor, ...each }, index) => ({
          ...each,
          openMinor: serviceMinor + each.feesOpenMinor,
          invoiceId: `inv_${index}`,
        }));
        const { allocations, restMinor } = allocatePayment(amount, `inv_${designated}`, owed, on);
        const allocated = allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        expect(allocated + restMinor).toBe(amount);
        if (restMinor > 0) expect(allocated).toBe(owed.reduce((sum, { openMinor }) => sum + openMinor, 0));
        for (const { invoiceId, amountMinor, feesMinor } of allocations) {
          const invoice = owed.find((each) => each.invoiceId === invoiceId)!;
          expect(amountMinor).toBeLessThanOrEqual(invoice.openMinor);
          expect(feesMinor).toBeLessThanOrEqual(invoice.feesOpenMinor);
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
