import { describe, expect, it } from '@jest/globals';
import type { BillLine } from './bill';
import type { BillDiscount } from './bill-parts';
import {
  addressText,
  billDiscountText,
  dateText,
  groupLines,
  periodText,
  printable,
  quantityText,
  shownDiscounts,
} from './bill-text';

const sampleDiscount: BillDiscount = {
  discountKey: 'a',
  discountId: 'a',
  name: 'Start',
  level: 'plan',
  value: { off: 'fixed', amountMinor: 1 },
  offeringId: 'plan',
  offeringVersion: 1,
  accountDiscountId: null,
  code: null,
  amountMinor: -1,
  byTaxCode: [],
  use: null,
  of: null,
};

describe('text of a bill', () => {
  it.each([
    ['seconds', 3723, 0, '1 h 2 min 3 s'],
    ['seconds', 0, 0, '0 s'],
    ['seconds', 600, 300, '10 min, 5 min included'],
    ['messages', 1, 0, '1 message'],
    ['messages', 12, 12, '12 messages, all included'],
    ['bytes', 999, 0, '999 B'],
    ['bytes', 44_000, 0, '44.00 kB'],
    ['bytes', 1_255_000_000, 1_000_000_000, '1.26 GB, 1.00 GB included'],
  ] as const)('%s %i (%i included): %s', (unit, quantity, includedQuantity, expected) => {
    expect(quantityText({ unit, quantity, includedQuantity, proration: null })).toBe(expected);
  });

  it('shows the days of a part', () => {
    expect(
      quantityText({
        unit: 'charge',
        quantity: 1,
        includedQuantity: 0,
        proration: { numerator: 10, denominator: 31 },
      }),
    ).toBe('10 of 31 days');
  });

  it('shows first and last day', () => {
    expect(periodText('2026-01-01', '2026-02-01')).toBe('1 Jan 2026 – 31 Jan 2026');
    expect(periodText('2026-01-01', '2026-01-02')).toBe('1 Jan 2026');
    expect(dateText('2026-12-09')).toBe('9 Dec 2026');
  });

  it.each([
    ['Łukasz Żółć', 'Lukasz Zólc'],
    ['Müller & Söhne – 5 €', 'Müller & Söhne – 5 €'],
    ['1 234,50', '1 234,50'],
    ['日本\n1', '??\n1'],
  ])('prints %s as %s', (given, expected) => {
    expect(printable(given)).toBe(expected);
  });

  it.each([
    ['DE', 'BE', '1 Main\n10115 Berlin\nGermany'],
    ['US', 'CA', '1 Main\nBerlin CA 10115\nUnited States'],
  ])('an address in %s', (country, region, expected) => {
    expect(addressText({ lines: ['1 Main'], city: 'Berlin', region, postalCode: '10115', country })).toBe(
      expected,
    );
  });
});

it.each([
  [
    { value: { off: 'percentage' as const, percent: '20' }, code: 'SPRING', use: 1, of: 3 },
    'Start (20 %, code SPRING, 1 of 3)',
  ],
  [{ value: { off: 'fixed' as const, amountMinor: 500 }, code: null, use: null, of: null }, 'Start'],
])('a promotion is printed as %j: %s', (given, text) => {
  expect(billDiscountText({ ...sampleDiscount, ...given })).toBe(text);
});

it('promotions of the bill stand at its end, the others below their line and in its group', () => {
  const line = {
    description: 'Fee',
    number: '1',
    subscriptionId: 's',
    amountMinor: 1000,
    discounts: [
      { discountKey: 'a', name: 'Plan', level: 'plan', amountMinor: -200 },
      { discountKey: 'b', name: 'Bill', level: 'bill', amountMinor: -100 },
    ],
  } as unknown as BillLine;
  expect(shownDiscounts(line).map(({ name }) => name)).toEqual(['Plan']);
  expect(groupLines([line]).map(({ amountMinor }) => amountMinor)).toEqual([800]);
});
