import { describe, expect, it } from '@jest/globals';
import { allowanceOf, bucketFaults, type PeriodRow } from './bucket-faults';

const row = (change: Partial<PeriodRow>): PeriodRow => ({
  _id: 't/sub/p',
  groupId: 'sub',
  accountId: 'acc',
  periodKey: '2026-02-01',
  fromAt: '2026-02-01',
  toAt: '2026-03-01',
  buckets: [],
  closedBy: 'run',
  ...change,
});
const carried = (units: number, periodsLeft = 1) => ({
  bucket: 'sub/data+2026-01-01',
  ofBucket: 'sub/data',
  sourcePeriod: '2026-01-01',
  units,
  periodsLeft,
});
const rest = (units: number, periodsLeft = 1) => ({ carried: [carried(units, periodsLeft)], opening: [] });
const known = {
  terms: new Map([['data', [{ units: 100, rollover: { periods: 1, max: 50, use: 'first' as const } }]]]),
  members: 3,
};
const january = (used: number, left: number) =>
  row({ periodKey: '2026-01-01', buckets: [{ bucket: 'sub/data', used, size: 100 }], rest: rest(left) });

describe('a charging period', () => {
  it.each<[string, PeriodRow, PeriodRow | null, string | null]>([
    ['used within its size', row({ buckets: [{ bucket: 'sub/data', used: 100, size: 100 }] }), null, null],
    [
      'used beyond its size',
      row({ buckets: [{ bucket: 'sub/data', used: 101, size: 100 }] }),
      null,
      'gave 101 units, it has 100',
    ],
    [
      'larger than the plan',
      row({ buckets: [{ bucket: 'sub/data', used: 1, size: 200 }] }),
      null,
      'was 200 units large; the plan and its members make 100',
    ],
    ['carried by the rule', row({ before: rest(30) }), january(70, 30), null],
    ['carried up to the most', row({ before: rest(50) }), january(10, 50), null],
    [
      'carried more than the rule gives',
      row({ before: rest(60) }),
      january(10, 60),
      'carries 60 units over; the rule gives 50',
    ],
    [
      'carried from nowhere',
      row({ before: rest(30) }),
      null,
      'was carried over, and there is no period before',
    ],
    ['not carried', row({}), january(70, 30), 'does not begin with what the closed period before it left'],
    [
      'used beyond what was carried',
      row({ before: rest(30), buckets: [{ bucket: 'sub/data+2026-01-01', used: 31 }] }),
      january(70, 30),
      'gave 31 units, it has 30',
    ],
    [
      'shares that add up',
      row({
        buckets: [
          { bucket: 'data', used: 7 },
          { bucket: 'data@a', used: 3 },
          { bucket: 'data@b', used: 4 },
        ],
      }),
      null,
      null,
    ],
    [
      'shares that do not',
      row({
        buckets: [
          { bucket: 'data', used: 7 },
          { bucket: 'data@a', used: 3 },
        ],
      }),
      null,
      'gave 7 units, its members took 3',
    ],
    [
      'waits another period',
      row({ periodKey: '2026-03-01', before: rest(20) }),
      row({ before: rest(30, 2), rest: rest(20), buckets: [{ bucket: 'sub/data+2026-01-01', used: 10 }] }),
      null,
    ],
  ])('%s', (_, period, previous, what) => {
    expect(bucketFaults(period, previous, known).map((fault) => fault.what)).toEqual(
      what === null ? [] : [what],
    );
  });

  it.each([
    ['sub/data', 'data'],
    ['sub/data#2+2026-01-01', 'data'],
    ['family-data', 'family-data'],
    ['sub/extra#2026-03-05T10:00:00.000Z', 'extra'],
  ])('%s is of %s', (bucket, allowanceId) => {
    expect(allowanceOf(bucket)).toBe(allowanceId);
  });
});
