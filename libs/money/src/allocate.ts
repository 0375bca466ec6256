import { exactInteger, safeNumber } from './safe-integer';

interface Share {
  readonly index: number;
  readonly amount: bigint;
  readonly remainder: bigint;
}

const exactWeights = (weights: readonly (number | bigint)[]): bigint[] =>
  weights.map((weight) => {
    const exact = exactInteger(weight, 'Weight');
    if (exact < 0n) throw new RangeError(`A weight cannot be negative, got ${exact}`);
    return exact;
  });

const byLargestRemainder = (left: Share, right: Share): number => {
  if (left.remainder === right.remainder) return left.index - right.index;
  return left.remainder > right.remainder ? -1 : 1;
};

/** Splits an amount by weight so that the parts sum to it exactly; among equal remainders the first in the list wins. */
export const allocate = (minor: number, weights: readonly (number | bigint)[]): number[] => {
  const total = exactInteger(minor, 'Amount');
  const exact = exactWeights(weights);
  const totalWeight = exact.reduce((sum, weight) => sum + weight, 0n);
  if (totalWeight === 0n) throw new RangeError('Cannot allocate: all weights are zero');

  const sign = total < 0n ? -1n : 1n;
  const shares = exact.map((weight, index): Share => {
    const product = sign * total * weight;
    return { index, amount: product / totalWeight, remainder: product % totalWeight };
  });
  const undistributed = sign * total - shares.reduce((sum, share) => sum + share.amount, 0n);
  const favoured = new Set(
    [...shares]
      .sort(byLargestRemainder)
      .slice(0, Number(undistributed))
      .map((share) => share.index),
  );
  return shares.map(({ index, amount }) =>
    safeNumber(sign * (favoured.has(index) ? amount + 1n : amount), 'Share'),
  );
};
