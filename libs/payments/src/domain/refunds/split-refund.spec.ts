import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type RefundablePayment, splitRefund } from './split-refund';

const payment = (paymentId: string, amountMinor: number, refundedMinor = 0): RefundablePayment => ({
  ...{ paymentId, gatewayId: `ch_${paymentId}`, gateway: 'sandbox', amountMinor, refundedMinor },
});
const split = (amountMinor: number, payments: RefundablePayment[]) =>
  splitRefund(amountMinor, payments).map((part) => [part.payment?.paymentId ?? 'bank', part.amountMinor]);

describe('a refund by the way the money came', () => {
  it.each<[string, number, RefundablePayment[], [string, number][]]>([
    ['to one card', 500, [payment('a', 800)], [['a', 500]]],
    [
      'to the latest first',
      900,
      [payment('b', 600), payment('a', 800)],
      [
        ['b', 600],
        ['a', 300],
      ],
    ],
    [
      'what has gone back is not there again',
      500,
      [payment('b', 600, 400), payment('a', 800)],
      [
        ['b', 200],
        ['a', 300],
      ],
    ],
    ['without a card by bank', 500, [], [['bank', 500]]],
    [
      'the rest by bank',
      500,
      [payment('a', 200)],
      [
        ['a', 200],
        ['bank', 300],
      ],
    ],
    ['nothing', 0, [payment('a', 200)], []],
  ])('%s', (_, amountMinor, payments, parts) => expect(split(amountMinor, payments)).toEqual(parts));

  it('makes up the amount and takes no payment beyond what it was', () => {
    const one = fc
      .tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }))
      .map(([left, right]) => payment('p', Math.max(left, right), Math.min(left, right)));
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 50_000 }),
        fc.array(one, { maxLength: 8 }),
        (amount, payments) => {
          const parts = splitRefund(amount, payments);
          expect(parts.reduce((sum, part) => sum + part.amountMinor, 0)).toBe(amount);
          for (const part of parts) {
            expect(part.amountMinor).toBeGreaterThan(0);
            if (part.payment)
              expect(part.amountMinor + part.payment.refundedMinor).toBeLessThanOrEqual(
                part.payment.amountMinor,
              );
          }
        },
      ),
    );
  });
});
