import { expect, it } from '@jest/globals';
import { unusedOf } from './unused-money.service';

const renewal = {
  ...{ subscriptionId: 'sub_1', offeringId: 'prepaid-30', dueFrom: '2026-01-31T00:00:00.000Z' },
  ...{ from: '2026-01-31T00:00:00.000Z', to: '2026-03-02T00:00:00.000Z' },
};
const paid = (refundedMinor: number, reversedMinor = 0) => ({
  ...{ amountMinor: 1500, refundedMinor, reversedMinor, renewal },
});

it.each([
  ['before it begins', 0, '2026-01-30T00:00:00.000Z', 1500],
  ['after ten days of thirty', 0, '2026-02-10T00:00:00.000Z', 1000],
  ['a day that has begun is used', 0, '2026-02-10T00:00:01.000Z', 950],
  ['after its end', 0, '2026-04-01T00:00:00.000Z', 0],
  ['most was given back before', 1200, '2026-02-10T00:00:00.000Z', 300],
])('unused of a period of 15.00, %s', (_case, refundedMinor, at, expected) => {
  expect(unusedOf(paid(refundedMinor), at)).toBe(expected);
});

it('a part that was taken back before is not taken again', () => {
  expect(unusedOf(paid(0, 700), '2026-02-10T00:00:00.000Z')).toBe(300);
});

it('other money has no period', () => {
  expect(unusedOf({ ...paid(0), renewal: null }, '2026-02-10T00:00:00.000Z')).toBe(0);
});
