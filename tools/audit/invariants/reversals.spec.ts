import { expect, it } from '@jest/globals';
import { reversalFault } from './reversals';

const row = (id: string, moneyOut: boolean) => ({
  ...{ _id: `ten_1/sandbox/${id}`, paymentId: 'pay_1', amountMinor: 500, moneyOut },
});

it.each<[string, ReturnType<typeof row>[], string[], number, number, string | null]>([
  ['an inquiry', [row('dp_1', false)], [], 0, 0, null],
  ['a chargeback', [row('dp_1', true)], ['sandbox/dp_1/out'], 500, 500, null],
  ['a dispute that was won', [row('dp_1', false)], ['sandbox/dp_1/out', 'sandbox/dp_1/in'], 0, 500, null],
  ['one that the books have not heard of', [row('dp_1', true)], [], 0, 0, 'wait'],
  ['one posted twice', [row('dp_1', true)], ['sandbox/dp_1/out'], 500, 1000, 'breach'],
  ['one taken twice', [row('dp_1', true)], ['sandbox/dp_1/out', 'sandbox/dp_1/out'], 500, 500, 'breach'],
  ['one not kept on the payment', [row('dp_1', true)], ['sandbox/dp_1/out'], 0, 500, 'breach'],
])('%s', (_case, rows, steps, reversedMinor, postedMinor, kind) => {
  const verdict = reversalFault('ten_1', rows, { reversals: steps, reversedMinor, postedMinor });
  expect(verdict?.kind ?? null).toBe(kind);
});
