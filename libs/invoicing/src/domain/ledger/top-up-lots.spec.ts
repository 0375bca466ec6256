import { describe, expect, it } from '@jest/globals';
import { giveBackToTopUps, takeFromTopUps, type TopUpLot } from './top-up-lots';

const lot = (paymentId: string, amountMinor: number, tax: number | null, takenMinor = 0): TopUpLot => ({
  paymentId,
  amountMinor,
  takenMinor,
  taxedAtSale: tax !== null,
  taxes: tax ? [{ jurisdiction: 'DE', amountMinor: tax }] : [],
});

/** 10.00 with 1.60 tax paid at the sale, of which 4.00 are used, then 5.00 that are not taxed yet. */
const lots = [lot('first', 1000, 160, 400), lot('second', 500, null)];

describe('spending a top-up balance', () => {
  it.each<[string, number, string | null, [string, number][], number, number]>([
    ['the oldest first, with its tax', 300, null, [['first', 300]], 48, 0],
    [
      'then the next, which is not taxed yet',
      800,
      null,
      [
        ['first', 600],
        ['second', 200],
      ],
      96,
      200,
    ],
    [
      'more than there is: the rest was never taxed',
      1200,
      null,
      [
        ['first', 600],
        ['second', 500],
      ],
      96,
      600,
    ],
    ['a refund takes its own top-up', 300, 'second', [['second', 300]], 0, 300],
  ])('%s', (_, amount, first, parts, tax, untaxed) => {
    const taken = takeFromTopUps(lots, amount, first);
    expect(taken.parts.map(({ paymentId, amountMinor }) => [paymentId, amountMinor])).toEqual(parts);
    expect(taken.taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(tax);
    expect(taken.untaxedMinor).toBe(untaxed);
  });

  it('what is given back carries the tax that it brought', () => {
    const taken = takeFromTopUps(lots, 800);
    const after = taken.lots;
    const back = giveBackToTopUps(after, taken.parts, 800);
    expect(back.taxes).toEqual(taken.taxes);
    expect(back.lots.map(({ paymentId, takenMinor }) => [paymentId, takenMinor])).toEqual([
      ['second', 0],
      ['first', 400],
    ]);
  });

  it('the last part goes back first', () => {
    const { lots: after, parts } = takeFromTopUps(lots, 800);
    const back = giveBackToTopUps(after, parts, 300);
    expect(back.lots.map(({ paymentId, takenMinor }) => [paymentId, takenMinor])).toEqual([
      ['second', 0],
      ['first', 900],
    ]);
    expect(back.taxes).toEqual([{ jurisdiction: 'DE', amountMinor: 16 }]);
    expect(back.parts).toEqual([{ paymentId: 'first', amountMinor: 500 }]);
  });
});
