import { describe, expect, it } from '@jest/globals';
import { addDays } from '@tollkeeper/calendar';
import { type AgeingBucket, bucketOf } from './ageing-buckets';

describe('how old a debt is', () => {
  it.each<[number, AgeingBucket]>([
    [-14, 'notDue'],
    [0, 'notDue'],
    [1, 'days1To30'],
    [30, 'days1To30'],
    [31, 'days31To60'],
    [60, 'days31To60'],
    [61, 'days61To90'],
    [90, 'days61To90'],
    [91, 'over90'],
    [4_000, 'over90'],
  ])('%i days past its due date: %s', (days, bucket) => {
    expect(bucketOf(addDays('2026-03-15', -days), '2026-03-15')).toBe(bucket);
  });
});
