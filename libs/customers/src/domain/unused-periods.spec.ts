import { describe, expect, it } from '@jest/globals';
import { unusedPeriods } from './unused-periods';

const [jan, feb, mar, apr] = ['01', '02', '03', '04'].map((month) => `2026-${month}-01T00:00:00.000Z`) as [
  string,
  string,
  string,
  string,
];
const periods = [
  { from: jan, to: feb, key: 'sub_1/activation' },
  { from: feb, to: mar, key: `sub_1/${feb}` },
  { from: '2026-03-03T00:00:00.000Z', to: apr, key: `sub_1/${mar}` },
];
const unusedAt = (endsAt: string) =>
  unusedPeriods('sub_1', periods, endsAt).map(({ dueFrom, unusedFrom }) => [dueFrom, unusedFrom]);

describe('what an end leaves unused', () => {
  it.each([
    [
      'in the first period, which the sale took',
      '2026-01-20T00:00:00.000Z',
      [
        [feb, feb],
        [mar, '2026-03-03T00:00:00.000Z'],
      ],
    ],
    [
      'within a renewed one',
      '2026-02-10T00:00:00.000Z',
      [
        [feb, '2026-02-10T00:00:00.000Z'],
        [mar, '2026-03-03T00:00:00.000Z'],
      ],
    ],
    ['in the last one', '2026-03-20T00:00:00.000Z', [[mar, '2026-03-20T00:00:00.000Z']]],
    ['at its end', apr, []],
  ])('%s', (_, endsAt, unused) => expect(unusedAt(endsAt)).toEqual(unused));
});
