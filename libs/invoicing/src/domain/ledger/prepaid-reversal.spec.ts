import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lossPosting, wonBackPrepaid } from './prepaid-reversal';

/** A period of 15.00, paid by card and disputed. */
const reversal = (unusedMinor?: number, amountMinor = 1500) => ({
  ...{ reversalId: 'sandbox/dp_1', paymentId: 'pay_1', accountId: 'acc_1', amountMinor },
  ...{ currency: 'EUR', gateway: 'sandbox' },
  ...(unusedMinor === undefined ? {} : { unusedMinor }),
});

const sumsOf = (postings: ReturnType<typeof wonBackPrepaid>['postings']): Record<string, number> =>
  Object.fromEntries(
    postings.flatMap(({ rule, lines }) =>
      lines.map(({ account, amountMinor }) => [`${rule} ${account}`, amountMinor]),
    ),
  );

describe('money paid in advance that is won back', () => {
  it.each<[string, number | undefined, Record<string, number>]>([
    [
      'all had been used: the loss is undone',
      undefined,
      { 'reversalWon clearing:sandbox': 1500, 'reversalWon badDebt': -1500 },
    ],
    [
      'nothing had been used: all is credit',
      1500,
      { 'reversalCredited clearing:sandbox': 1500, 'reversalCredited customerCredit': -1500 },
    ],
    [
      'ten days of thirty had been used: 10.00 credit, 5.00 are no loss any more',
      1000,
      {
        ...{ 'reversalCredited clearing:sandbox': 1000, 'reversalCredited customerCredit': -1000 },
        ...{ 'reversalWon clearing:sandbox': 500, 'reversalWon badDebt': -500 },
      },
    ],
    [
      'more is said to be unused than it was: never more than it was',
      9900,
      { 'reversalCredited clearing:sandbox': 1500, 'reversalCredited customerCredit': -1500 },
    ],
  ])('%s', (_case, unusedMinor, expected) => {
    expect(sumsOf(wonBackPrepaid(reversal(unusedMinor)).postings)).toEqual(expected);
  });

  it('is posted under keys of its reversal, and names payment and account', () => {
    expect(wonBackPrepaid(reversal(1000)).postings).toMatchObject([
      { key: 'sandbox/dp_1/reversalCredited/1', paymentId: 'pay_1', accountId: 'acc_1' },
      { key: 'sandbox/dp_1/reversalWon/1', paymentId: 'pay_1', accountId: 'acc_1' },
    ]);
  });

  it('out and back again leave the gateway as before: what was lost, and what was not', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (amountMinor, unusedMinor) => {
        const { creditedMinor, lossMinor, postings } = wonBackPrepaid(reversal(unusedMinor, amountMinor));
        const cleared = postings
          .flatMap(({ lines }) => lines)
          .filter(({ account }) => account.startsWith('clearing'))
          .reduce((sum, line) => sum + line.amountMinor, 0);
        expect([creditedMinor + lossMinor, cleared]).toEqual([amountMinor, amountMinor]);
        const out = lossPosting(reversal(unusedMinor, amountMinor), lossMinor, 'out').lines;
        expect(out.find(({ account }) => account === 'badDebt')?.amountMinor ?? 0).toBe(lossMinor);
      }),
    );
  });
});
