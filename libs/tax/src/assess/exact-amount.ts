import { divideRounded, minorDigits, parseRate, type RoundingMode } from '@tollkeeper/money';
import type { AmountRule } from '../table/tax-rule';

/** A rate as an exact fraction of what it is applied to. */
export interface ExactRate {
  numerator: bigint;
  denominator: bigint;
}

type Percentage = Pick<
  Extract<AmountRule, { kind: 'percentage' }>,
  'percent' | 'share' | 'grossUp' | 'insidePercent'
>;

const rateScale = 10n ** 12n;
const hundred = 100n * rateScale;

/**
 * `grossUp`: a tax on gross receipts is itself part of the receipts, so what is passed on is r / (1 - r), where several
 * lie inside the price together r / (1 - all of them). `share`: the part of the base that the law reaches.
 */
export function percentRate({ percent, share, grossUp, insidePercent }: Percentage): ExactRate {
  const rate = parseRate(percent);
  const inside = grossUp ? parseRate(insidePercent ?? percent) : 0n;
  if (inside >= hundred) throw new RangeError(`${insidePercent ?? percent} % cannot be grossed up`);
  const base = { numerator: rate, denominator: hundred - inside };
  if (share === undefined) return base;
  return { numerator: base.numerator * parseRate(share), denominator: base.denominator * hundred };
}

/** An amount of major units for each unit counted, as minor units. */
export const amountRate = (amount: string, currency: string): ExactRate => ({
  numerator: parseRate(amount) * 10n ** BigInt(minorDigits(currency)),
  denominator: rateScale,
});

/** How many steps of this size: what is rounded to a step is rounded as a whole number of them. */
export const inSteps = (rate: ExactRate, step: ExactRate): ExactRate => ({
  numerator: rate.numerator * step.denominator,
  denominator: rate.denominator * step.numerator,
});

export const partOf = (rate: ExactRate, { numerator, denominator }: ExactRate): ExactRate => ({
  numerator: rate.numerator * numerator,
  denominator: rate.denominator * denominator,
});

export const times = ({ numerator, denominator }: ExactRate, base: number, rounding: RoundingMode): number =>
  Number(divideRounded(BigInt(base) * numerator, denominator, rounding));

/**
 * Rounded once on the sum, handed out along the way: part i is what it adds to the rounded sum so far. Works for
 * charges and credits alike, and the parts always add up to the rounded whole.
 */
export function telescoped(
  bases: readonly number[],
  rate: ExactRate,
  rounding: RoundingMode,
): { total: number; parts: number[] } {
  let sum = 0;
  let before = 0;
  const parts = bases.map((base) => {
    sum += base;
    const upTo = times(rate, sum, rounding);
    const part = upTo - before;
    before = upTo;
    return part;
  });
  return { total: before, parts };
}

/** Each part of the base at its own percentage, rounded once. */
export function tieredAmount(
  base: number,
  tiers: readonly { upToMinor: number | null; percent: string }[],
  rounding: RoundingMode,
): number {
  const [sign, size] = base < 0 ? [-1, -base] : [1, base];
  let from = 0;
  let exact = 0n;
  for (const { upToMinor, percent } of tiers) {
    const to = upToMinor === null ? size : Math.min(size, upToMinor);
    if (to > from) exact += BigInt(to - from) * parseRate(percent);
    from = Math.max(from, to);
  }
  return sign * Number(divideRounded(exact, hundred, rounding));
}
