import { describe, expect, it } from '@jest/globals';
import { DayTotals, lateNote, type PricedSchedule, recognitionLines } from './day-totals';

const fee: PricedSchedule = {
  totalMinor: 2800,
  taxes: [],
  from: '2026-02-01',
  to: '2026-03-01',
  bookedOn: '2026-02-01',
  changes: [],
  lastOn: '2026-02-28',
  liability: 'deferredRevenue',
  revenueCategory: 'recurring',
  currency: 'USD',
};
const prepaid: PricedSchedule = {
  ...fee,
  totalMinor: 3332,
  taxes: [{ jurisdiction: 'US-NY', amountMinor: 532 }],
  liability: 'contractLiability:prepaidPeriod',
};

const totalsOf = (schedules: PricedSchedule[], from = '2026-02-01', through = '2026-02-28') => {
  const totals = new DayTotals({ from, through });
  for (const schedule of schedules) totals.add(schedule);
  return totals.list();
};

describe('what a day earned', () => {
  it('is one posting a currency, whatever the schedules', () => {
    const euros = { ...fee, currency: 'EUR' };
    const [first, second, ...rest] = totalsOf([fee, prepaid, fee, euros], '2026-02-05', '2026-02-05');
    expect(rest).toEqual([]);
    expect([first?.currency, second?.currency]).toEqual(['EUR', 'USD']);
    expect(second && recognitionLines(second)).toEqual([
      { account: 'deferredRevenue', amountMinor: 200, currency: 'USD' },
      { account: 'contractLiability:prepaidPeriod', amountMinor: 119, currency: 'USD' },
      { account: 'revenue:recurring', amountMinor: -300, currency: 'USD' },
      { account: 'taxPayable:US-NY', amountMinor: -19, currency: 'USD' },
    ]);
  });

  it('is the same whether a month is closed at once or by days', () => {
    const byDay = Array.from({ length: 28 }, (_, index) => `2026-02-${String(index + 1).padStart(2, '0')}`);
    const all = [fee, prepaid, { ...fee, totalMinor: 2519 }];
    expect(byDay.flatMap((day) => totalsOf(all, day, day))).toEqual(totalsOf(all));
  });

  it('a bill that comes late brings its past days, and says so', () => {
    const late = { ...fee, bookedOn: '2026-02-04' };
    const [first, second] = totalsOf([late, fee], '2026-02-04', '2026-02-05');
    expect([first?.deferredMinor, second?.deferredMinor]).toEqual([500, 200]);
    expect(first && lateNote(first)).toBe(
      '4.00 USD of it is for days from 2026-02-01 on that were over when it came into the books',
    );
    expect(second && lateNote(second)).toBeUndefined();
  });

  it('days that were recognised and given back later lower the revenue of the day of the refund', () => {
    const changes = [{ on: '2026-02-20', endsOn: '2026-02-15', reversedMinor: 1400 }];
    const totals = totalsOf([{ ...fee, changes, lastOn: '2026-02-20' }], '2026-02-19', '2026-02-28');
    expect(totals.map(({ on, deferredMinor }) => [on, deferredMinor])).toEqual([
      ['2026-02-19', 100],
      ['2026-02-20', -500],
    ]);
    expect(totals[1] && recognitionLines(totals[1])).toEqual([
      { account: 'deferredRevenue', amountMinor: -500, currency: 'USD' },
      { account: 'revenue:recurring', amountMinor: 500, currency: 'USD' },
    ]);
  });
});
