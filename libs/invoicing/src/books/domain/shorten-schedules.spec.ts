import { describe, expect, it } from '@jest/globals';
import { recognizedThrough, sumOf } from './recognition';
import { shortenSchedules } from './shorten-schedules';

const january = {
  from: '2026-01-01',
  to: '2026-01-31',
  totalMinor: 3000,
  taxes: [],
  bookedOn: '2026-01-01',
  changes: [] as { on: string; endsOn: string | null; reversedMinor: number; cause: string }[],
  version: 1,
};
const february = { ...january, from: '2026-01-31', to: '2026-03-02', bookedOn: '2026-01-30' };
const refund = { endsOn: '2026-01-11', on: '2026-01-11', cause: 'rfd_1' };

const reversed = (schedules: (typeof january)[], reversedMinor: number) =>
  Object.fromEntries(
    shortenSchedules(schedules, { ...refund, reversedMinor }).map(({ from, changes }) => [
      from,
      changes.at(-1)?.reversedMinor,
    ]),
  );

describe('a service that ends within what was paid in advance', () => {
  it.each<[string, number, Record<string, number>]>([
    ['10 of 30 days were used: 20 are given back', 2000, { '2026-01-01': 2000 }],
    ['half of the rest by the rule', 1000, { '2026-01-01': 1000 }],
    ['nothing', 0, { '2026-01-01': 0 }],
    ['more than the rest: it is taken off the days that were served', 2500, { '2026-01-01': 2500 }],
  ])('%s', (_, minor, expected) => {
    expect(reversed([january], minor)).toEqual(expected);
  });

  it('takes the next period first', () => {
    expect(reversed([january, february], 5000)).toEqual({ '2026-01-01': 2000, '2026-01-31': 3000 });
    expect(reversed([january, february], 3100)).toEqual({ '2026-01-01': 100, '2026-01-31': 3000 });
  });

  it('is done once for one cause, and a second refund adds to it', () => {
    const [once] = shortenSchedules([january], { ...refund, reversedMinor: 500 });
    expect(shortenSchedules(once ? [once] : [], { ...refund, reversedMinor: 500 })).toEqual([]);
    const [twice] = shortenSchedules(once ? [once] : [], { ...refund, cause: 'rfd_2', reversedMinor: 1500 });
    expect(twice).toMatchObject({ version: 3, lastOn: '2026-01-11' });
    expect(twice && sumOf(recognizedThrough(twice, '2026-01-31'))).toBe(1000);
  });
});
