import { expect, it } from '@jest/globals';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import { withoutPeriod } from './periods-taken-back.service';

const [first, second, third] = ['2026-01-01', '2026-01-31', '2026-03-02'].map(
  (day) => `${day}T00:00:00.000Z`,
);
const row = (change: object = {}): SubscriptionRow =>
  ({
    ...{ _id: 'sub_1', status: 'active', renewal: { state: 'active', paidUntil: third } },
    paidPeriods: [
      { from: first, to: second, key: 'first' },
      { from: second, to: third, key: 'second' },
    ],
    ...change,
  }) as object as SubscriptionRow;

it.each<[string, SubscriptionRow, string, string, [string, number] | null]>([
  [
    'in the middle: it ends then',
    row(),
    'second',
    '2026-02-10T00:00:00.000Z',
    ['2026-02-10T00:00:00.000Z', 2],
  ],
  ['before it begins: it is none', row(), 'second', '2026-01-30T00:00:00.000Z', [second ?? '', 1]],
  ['after its end: it was used', row(), 'second', '2026-03-02T00:00:00.000Z', null],
  ['another was paid after it', row(), 'first', '2026-01-10T00:00:00.000Z', null],
  ['a period that is not known', row(), 'third', '2026-02-10T00:00:00.000Z', null],
  ['the service has ended', row({ status: 'terminated' }), 'second', '2026-02-10T00:00:00.000Z', null],
  [
    'it lapsed already',
    row({ renewal: { state: 'lapsed', paidUntil: third } }),
    'second',
    '2026-02-10T00:00:00.000Z',
    null,
  ],
])('money taken back %s', (_case, subscription, key, at, expected) => {
  const change = withoutPeriod(subscription, key, at);
  expect(change && [change.renewal.paidUntil, change.paidPeriods.length]).toEqual(expected);
});
