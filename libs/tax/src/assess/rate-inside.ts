import { parseRate } from '@tollkeeper/money';
import type { TaxRule } from '../table/tax-rule';
import { whyUntaxed } from './assess-taxes';
import { type ExactRate, percentRate } from './exact-amount';
import { ruledParts } from './rules-in-force';
import { inTaxOrder } from './tax-order';
import type { TaxableCharge, TaxInput } from './tax-input';

const none: ExactRate = { numerator: 0n, denominator: 1n };

/**
 * All taxes of a charge as one fraction of its net: rates added, taxes on taxes with what is below them, rates that
 * change inside the period by the days of each.
 */
export function rateInside(rules: readonly TaxRule[], charge: TaxableCharge, input: TaxInput): ExactRate {
  const due = ruledParts(rules, charge, input).filter(
    ({ rule, rateOn }) => whyUntaxed(rule, rateOn, input) === null,
  );
  const taxes = due.filter(({ rule }) => rule.levy === 'tax');
  const isUsual = taxes.every(
    ({ rule, baseMinor }) => baseMinor === charge.amountMinor && isPlain(rule, input),
  );
  if (isUsual) return sumOfPlain(taxes.map(({ rule }) => rule));
  const outside = new Set(due.filter(({ rule }) => rule.levy !== 'tax').map(({ rule }) => rule.taxId));
  const isCut = new Set(taxes.map(({ rule }) => rule.taxId)).size < taxes.length;
  const found = new Map<string, ExactRate>();
  let sum = none;
  for (const rule of inTaxOrder([...new Set(taxes.map((each) => each.rule))])) {
    const { taxId, onTopOf } = rule;
    const below = onTopOf.flatMap((each) => found.get(each) ?? []);
    if (onTopOf.some((each) => outside.has(each)) || (isCut && below.length > 0)) throw notInside(rule);
    const baseMinor = taxes.reduce((base, each) => (each.rule === rule ? base + each.baseMinor : base), 0);
    const rate = times(effectiveRate(rule, below, input), fraction(baseMinor, charge.amountMinor));
    found.set(taxId, rate);
    sum = plus(sum, rate);
  }
  return sum;
}

const hundred = 100n * 10n ** 12n;

const isPlain = ({ amount, onTopOf, taxId }: TaxRule, { shares }: TaxInput): boolean =>
  amount.kind === 'percentage' &&
  amount.share === undefined &&
  shares?.[taxId] === undefined &&
  !amount.grossUp &&
  !amount.taxesOnly &&
  amount.capMinor === undefined &&
  onTopOf.length === 0;

/** Nearly every charge: its rates are added. */
const sumOfPlain = (rules: readonly TaxRule[]): ExactRate => ({
  numerator: rules.reduce(
    (sum, { amount }) => (amount.kind === 'percentage' ? sum + parseRate(amount.percent) : sum),
    0n,
  ),
  denominator: hundred,
});

/** What a tax comes to of the net charge, the taxes below it included in its base. */
function effectiveRate(
  rule: TaxRule,
  below: readonly ExactRate[],
  { shares }: Pick<TaxInput, 'shares'>,
): ExactRate {
  const { amount, taxId } = rule;
  if (amount.kind === 'untaxed') return none;
  if (amount.kind !== 'percentage' || amount.capMinor !== undefined) throw notInside(rule);
  const share = shares?.[taxId] ?? amount.share;
  const base: ExactRate = amount.taxesOnly ? none : { numerator: 1n, denominator: 1n };
  return times(
    percentRate({ ...amount, ...(share === undefined ? {} : { share }) }),
    below.reduce(plus, base),
  );
}

/** Each tax as a fraction of the net price, taxes on taxes with what is below them. */
export function ratesOfNet(
  rules: readonly TaxRule[],
  input: Pick<TaxInput, 'shares'> = {},
): { rule: TaxRule; rate: ExactRate }[] {
  const found: { rule: TaxRule; rate: ExactRate }[] = [];
  for (const rule of inTaxOrder(rules)) {
    const below = found.filter((each) => rule.onTopOf.includes(each.rule.taxId)).map(({ rate }) => rate);
    found.push({ rule, rate: effectiveRate(rule, below, input) });
  }
  return found;
}

const notInside = ({ taxId }: TaxRule): RangeError =>
  new RangeError(`${taxId} is no percentage of the charge alone: a price cannot include it`);

const fraction = (part: number, whole: number): ExactRate =>
  lowest({ numerator: BigInt(part), denominator: BigInt(whole) });

const times = (left: ExactRate, right: ExactRate): ExactRate =>
  lowest({
    numerator: left.numerator * right.numerator,
    denominator: left.denominator * right.denominator,
  });

const plus = (left: ExactRate, right: ExactRate): ExactRate =>
  lowest({
    numerator: left.numerator * right.denominator + right.numerator * left.denominator,
    denominator: left.denominator * right.denominator,
  });

/** Equal rates look the same, and numbers stay short. */
function lowest({ numerator, denominator }: ExactRate): ExactRate {
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = greatestCommon(numerator < 0n ? -numerator : numerator, denominator * sign) * sign;
  return divisor === 0n ? none : { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommon(left: bigint, right: bigint): bigint {
  let [a, b] = [left, right];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
