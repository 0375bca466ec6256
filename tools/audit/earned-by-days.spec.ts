import { describe, expect, it } from '@jest/globals';
import { earnedThrough, type ScheduleRow } from './earned-by-days';

const row = (more: Partial<ScheduleRow> = {}): ScheduleRow => ({
  _id: 'inv_1/1',
  paymentId: null,
  liability: 'deferredRevenue',
  currency: 'USD',
  totalMinor: 2500,
  taxes: [],
  from: '2026-02-01',
  to: '2026-03-01',
  bookedOn: '2026-02-01',
  changes: [],
  ...more,
});
const ended = { on: '2026-02-15', endsOn: '2026-02-15' };

describe('what a schedule has earned', () => {
  it.each<[string, Partial<ScheduleRow>, string, number]>([
    ['nothing before it', {}, '2026-01-31', 0],
    ['half of February', {}, '2026-02-14', 1250],
    ['three days, rounded down', {}, '2026-02-03', 267],
    ['all of it', {}, '2026-03-05', 2500],
    ['nothing before it was booked', { bookedOn: '2026-02-10' }, '2026-02-09', 0],
    ['ended and given back', { changes: [{ ...ended, reversedMinor: 1250 }] }, '2026-02-15', 1250],
    ['ended and kept', { changes: [{ ...ended, reversedMinor: 0 }] }, '2026-02-15', 2500],
    ['with tax at use', { taxes: [{ amountMinor: 399 }] }, '2026-02-03', 225 + 42],
  ])('%s', (_, more, day, minor) => {
    expect(earnedThrough(row(more), day)).toBe(minor);
  });
});
