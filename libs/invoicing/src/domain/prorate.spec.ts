import { expect, it } from '@jest/globals';
import { addDays, type Period, prorationUnits } from '@tollkeeper/calendar';
import fc from 'fast-check';
import { billedFor, measureOf, shareOf } from './prorate';

const amounts = fc.integer({ min: 0, max: 1_000_000 });
const lengths = fc.integer({ min: 2, max: 366 });
const cuts = fc.array(fc.integer({ min: 1, max: 365 }), { maxLength: 6 });
const units = fc.constantFrom(...prorationUnits);
const starts = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays('2020-01-01', days));

/** The period in parts, wherever it is cut. */
function partsOf({ from, to }: Period, length: number, at: readonly number[]): Period[] {
  const days = [...new Set(at.filter((cut) => cut < length))].sort((left, right) => left - right);
  const bounds = [from, ...days.map((cut) => addDays(from, cut)), to];
  return bounds.slice(1).map((end, index) => ({ from: bounds[index] as string, to: end }));
}
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

it('any split of a period adds up to the period, in any unit, over leap days and changes of clocks', () => {
  fc.assert(
    fc.property(amounts, starts, lengths, cuts, units, (amount, from, length, at, unit) => {
      const whole = { from, to: addDays(from, length) };
      const measure = measureOf({ unit }, { days: whole }, 'Europe/Berlin');
      fc.pre(measure(whole.from, whole.to) > 0);
      const parts = partsOf(whole, length, at).map((part) => shareOf(amount, from, part, whole, measure));
      expect(sum(parts)).toBe(amount);
      expect(parts.every((part) => part >= 0)).toBe(true);
    }),
  );
});

it('what is given back and what is kept add up to what was billed, before and after discounts', () => {
  fc.assert(
    fc.property(
      amounts,
      fc.integer({ min: 0, max: 1_000_000 }),
      starts,
      lengths,
      cuts,
      (list, off, from, length, at) => {
        const billed = {
          from,
          to: addDays(from, length),
          listMinor: list,
          discountMinor: 0 - Math.min(list, off),
        };
        const parts = partsOf(billed, length, at).map((part) => billedFor(billed, part));
        expect(sum(parts.map(({ listMinor }) => listMinor))).toBe(billed.listMinor);
        expect(sum(parts.map(({ discountMinor }) => discountMinor))).toBe(billed.discountMinor);
      },
    ),
  );
});
