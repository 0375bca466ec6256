import fc from 'fast-check';
import { cycle, frequencies, nextCutOffs, periodContaining, periodEndingAt, type Cycle } from './cycle';
import { addDays } from './local-date';
import { contains } from './period';

const utc = (given: Omit<Cycle, 'zone'>): Cycle => ({ ...given, zone: 'UTC' });
const monthly = (anchorDay: number) => utc({ frequency: 'monthly', anchorDay });

describe('periodContaining', () => {
  it.each<[Cycle, string, string, string]>([
    [monthly(1), '2026-03-15', '2026-03-01', '2026-04-01'],
    [monthly(15), '2026-03-14', '2026-02-15', '2026-03-15'],
    [monthly(15), '2026-03-15', '2026-03-15', '2026-04-15'],
    [monthly(31), '2026-02-27', '2026-01-31', '2026-02-28'],
    [monthly(31), '2026-02-28', '2026-02-28', '2026-03-31'],
    [monthly(31), '2024-02-28', '2024-01-31', '2024-02-29'],
    [monthly(30), '2024-03-01', '2024-02-29', '2024-03-30'],
    [utc({ frequency: 'weekly', anchorDay: 1 }), '2026-03-08', '2026-03-02', '2026-03-09'],
    [utc({ frequency: 'weekly', anchorDay: 7 }), '2026-03-08', '2026-03-08', '2026-03-15'],
    [utc({ frequency: 'quarterly', anchorDay: 1 }), '2026-03-31', '2026-01-01', '2026-04-01'],
    [
      utc({ frequency: 'quarterly', anchorDay: 31, anchorMonth: 11 }),
      '2026-02-27',
      '2025-11-30',
      '2026-02-28',
    ],
    [utc({ frequency: 'yearly', anchorDay: 6, anchorMonth: 4 }), '2026-04-05', '2025-04-06', '2026-04-06'],
    [utc({ frequency: 'yearly', anchorDay: 29, anchorMonth: 2 }), '2024-02-29', '2024-02-29', '2025-02-28'],
    [utc({ frequency: 'yearly', anchorDay: 29, anchorMonth: 2 }), '2027-12-31', '2027-02-28', '2028-02-29'],
    [
      utc({ frequency: 'weekly', count: 2, anchorDay: 3, originOn: '2022-02-02' }),
      '2022-02-25',
      '2022-02-16',
      '2022-03-02',
    ],
    [
      utc({ frequency: 'daily', count: 30, anchorDay: 1, originOn: '2016-04-08' }),
      '2016-02-29',
      '2016-02-08',
      '2016-03-09',
    ],
    [
      utc({ frequency: 'monthly', count: 5, anchorDay: 31, originOn: '2025-08-31' }),
      '2026-06-29',
      '2026-01-31',
      '2026-06-30',
    ],
    [utc({ frequency: 'yearly', count: 2, anchorDay: 1 }), '2025-06-01', '2024-01-01', '2026-01-01'],
  ])('%j on %s: %s to %s', (given, date, from, to) => {
    expect(periodContaining(given, date)).toEqual({ from, to });
    expect(periodEndingAt(given, to)).toEqual({ from, to });
  });
});

describe('nextCutOffs', () => {
  it('keeps anchor 31 through a leap February', () => {
    expect(nextCutOffs(monthly(31), '2023-12-31', 4)).toEqual([
      '2024-01-31',
      '2024-02-29',
      '2024-03-31',
      '2024-04-30',
    ]);
  });

  it('begins strictly after the date', () => {
    expect(nextCutOffs(monthly(1), '2026-01-31', 1)).toEqual(['2026-02-01']);
    expect(nextCutOffs(monthly(1), '2026-02-01', 1)).toEqual(['2026-03-01']);
    expect(nextCutOffs(monthly(1), '2026-02-01', 0)).toEqual([]);
  });
});

it.each<[string, () => unknown]>([
  ['weekday 8', () => cycle(utc({ frequency: 'weekly', anchorDay: 8 }))],
  ['day 0', () => cycle(monthly(0))],
  ['day 32', () => cycle(monthly(32))],
  ['day 1.5', () => cycle(monthly(1.5))],
  ['month 13', () => cycle(utc({ frequency: 'yearly', anchorDay: 1, anchorMonth: 13 }))],
  ['400 days', () => cycle(utc({ frequency: 'daily', count: 400, anchorDay: 1 }))],
  ['half a month', () => cycle({ ...monthly(1), count: 0.5 })],
  [
    'an origin on another weekday',
    () => cycle(utc({ frequency: 'weekly', anchorDay: 1, originOn: '2024-01-02' })),
  ],
  ['an origin on another day', () => cycle({ ...monthly(31), originOn: '2024-01-30' })],
  ['an unknown zone', () => cycle({ ...monthly(1), zone: 'Nowhere' })],
  ['a date that is no cut-off', () => periodEndingAt(monthly(1), '2026-03-02')],
  ['a false date', () => periodContaining(monthly(1), '2026-02-30')],
  ['-1 cut-offs', () => nextCutOffs(monthly(1), '2026-03-02', -1)],
])('refuses %s', (_, attempt) => {
  expect(attempt).toThrow(RangeError);
});

describe('any cycle on any date', () => {
  const cycles = fc
    .record({
      frequency: fc.constantFrom(...frequencies),
      anchorDay: fc.integer({ min: 1, max: 31 }),
      anchorMonth: fc.integer({ min: 1, max: 12 }),
      count: fc.integer({ min: 1, max: 5 }),
    })
    .map(({ frequency, anchorDay, ...more }) => {
      const last = { daily: 1, weekly: 7, monthly: 31, quarterly: 31, yearly: 31 }[frequency];
      return utc({ frequency, anchorDay: Math.min(anchorDay, last), ...more });
    });
  const dates = fc.integer({ min: 0, max: 60_000 }).map((days) => addDays('1950-01-01', days));

  it('tiles time without gap or overlap', () => {
    fc.assert(
      fc.property(cycles, dates, (given, date) => {
        const here = periodContaining(given, date);
        expect(contains(here, date)).toBe(true);
        expect(periodContaining(given, addDays(here.from, -1)).to).toBe(here.from);
        expect(periodContaining(given, here.to).from).toBe(here.to);
        expect(periodContaining(given, addDays(here.to, -1))).toEqual(here);
        expect(periodEndingAt(given, here.to)).toEqual(here);
      }),
    );
  });

  it('lists as cut-offs the ends of the periods that follow', () => {
    fc.assert(
      fc.property(cycles, dates, (given, date) => {
        const cutOffs = nextCutOffs(given, date, 5);
        const ends = cutOffs.map((_, step) => periodEndingAt(given, cutOffs[step] ?? ''));
        expect(ends[0]).toEqual(periodContaining(given, date));
        expect(ends.slice(1).map(({ from }) => from)).toEqual(cutOffs.slice(0, -1));
      }),
    );
  });
});
