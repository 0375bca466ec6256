import { describe, expect, it } from '@jest/globals';
import { periodWhenPaid } from '@tollkeeper/contracts';
import { chargeDueAt, paidPeriodFrom } from './paid-periods';

describe('paid periods', () => {
  it.each([
    ['2026-01-01T00:00:00.000Z', 30, '2026-01-31T00:00:00.000Z'],
    ['2026-01-31T10:30:00.000Z', 28, '2026-02-28T10:30:00.000Z'],
    ['2028-02-28T00:00:00.000Z', 1, '2028-02-29T00:00:00.000Z'],
    ['2026-12-31T23:00:00.000Z', 7, '2027-01-07T23:00:00.000Z'],
  ])('from %s, %i days end at %s', (from, days, to) =>
    expect(paidPeriodFrom(from, days)).toEqual({ from, to }),
  );

  it.each([
    ['a day before', '2026-01-30T00:00:00.000Z', '2026-01-31T00:00:00.000Z', '2026-03-02T00:00:00.000Z'],
    ['at its end', '2026-01-31T00:00:00.000Z', '2026-01-31T00:00:00.000Z', '2026-03-02T00:00:00.000Z'],
    ['two days late', '2026-02-02T09:00:00.000Z', '2026-02-02T09:00:00.000Z', '2026-03-04T09:00:00.000Z'],
  ])('renewed %s', (_, paidAt, from, to) =>
    expect(periodWhenPaid(paidPeriodFrom('2026-01-31T00:00:00.000Z', 30), paidAt)).toEqual({ from, to }),
  );

  it('is charged for some hours before', () => {
    expect(chargeDueAt('2026-01-31T00:00:00.000Z', 24)).toBe('2026-01-30T00:00:00.000Z');
  });
});
