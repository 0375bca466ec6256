import { emptyState, foldGroup } from '../rating/fold-group';
import { call, entry, guided } from '../sample-tariff';

const tariff = {
  entries: [entry({ rate: '1', perUnits: 1, initialIncrement: 60, nextIncrement: 60, connectFee: '5' })],
};

/** Amounts in whole units of money. */
const amountsOf = (...parts: { quantity: number; usedBefore?: number }[]): number[] =>
  parts.flatMap((part, index) => {
    const usage = guided(call({ recordId: `r${index}`, ...part }), tariff);
    return foldGroup(emptyState(), [usage]).folded.map(({ outcome }) =>
      'rated' in outcome ? outcome.rated.amountMicro / 1_000_000 : NaN,
    );
  });

it.each([
  ['a whole call: two started minutes and the fee', [{ quantity: 90 }], [125]],
  [
    'its parts: the fee and the started minute once',
    [{ quantity: 30 }, { quantity: 60, usedBefore: 30 }],
    [65, 60],
  ],
  [
    'a part within a started minute costs nothing',
    [{ quantity: 30 }, { quantity: 20, usedBefore: 30 }],
    [65, 0],
  ],
])('%s', (_, parts, amounts) => expect(amountsOf(...parts)).toEqual(amounts));
