import type { LocalDate } from '@tollkeeper/calendar';
import { parseRate } from '@tollkeeper/money';
import type { AmountRule, LineTier, TaxRule } from '../table/tax-rule';
import {
  amountRate,
  type ExactRate,
  inSteps,
  partOf,
  percentRate,
  telescoped,
  tieredAmount,
  times,
} from './exact-amount';
import { cappedByMonth, isOfMonth } from './monthly-caps';
import type { AssessedTax, TaxInput } from './tax-input';

/** What one rule is applied to: a charge's part, a tax below it, or a line in a month. */
export interface TaxedBase {
  chargeId: string;
  baseMinor: number;
  taxMinor: number;
  minutes: number;
  lines: number;
  /** The account's n-th line of this fee in its month, from 1. */
  nth?: number;
  rateOn: LocalDate;
}

export interface TaxAmounts {
  amountMinor: number;
  units: number;
  parts: AssessedTax['parts'];
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

/** The rule's amount, rounded once where it says, and how much of it each charge bears. */
export function amountsOf(rule: TaxRule, bases: readonly TaxedBase[], input: TaxInput): TaxAmounts {
  const { amount } = rule;
  const { currency } = input;
  switch (amount.kind) {
    case 'percentage': {
      const share = input.shares?.[rule.taxId] ?? amount.share;
      const rate = percentRate({ ...amount, ...(share === undefined ? {} : { share }) });
      const amounts = spread(rule, bases, basesOf(bases), rate, currency);
      if (amount.capMinor !== undefined && isOfMonth(amount.capAt))
        return cappedByMonth(rule, amounts, { ...amount, capMinor: amount.capMinor, rate }, input);
      return (amount.capAt === 'line' ? cappedByLine : capped)(amount.capMinor, amounts);
    }
    case 'perMinute': {
      const minutes = bases.map((base) => base.minutes);
      return spread(rule, bases, minutes, amountRate(amount.amount, currency), currency);
    }
    case 'perLine': {
      const weights = bases.map(({ nth = 0 }) => lineWeight(amount.lineTiers, nth));
      const rate = partOf(amountRate(amount.amount, currency), { numerator: 1n, denominator: wholeLine });
      const units = bases.filter((_, at) => weights[at] !== 0).length;
      return { ...spread(rule, bases, weights, rate, currency), units };
    }
    case 'fixed':
      return fixedAmount(rule, amount, bases, currency);
    case 'tiered': {
      const base = sumOf(basesOf(bases));
      return overBases(bases, tieredAmount(base, amount.tiers, rule.rounding));
    }
    case 'untaxed':
      return result(
        bases,
        bases.map(() => 0),
        0,
      );
  }
}

const basesOf = (bases: readonly TaxedBase[]): number[] => bases.map(({ baseMinor }) => baseMinor);

/** A whole amount that all bases bear in proportion. */
function overBases(bases: readonly TaxedBase[], total: number): TaxAmounts {
  const weights = basesOf(bases);
  const base = sumOf(weights);
  const parts = base === 0 ? weights.map(() => 0) : telescoped(weights, of(total, base), 'down').parts;
  return result(bases, parts, bases.length);
}

/** Whatever the charge is; a charge that gives back gives it back. */
function fixedAmount(
  rule: TaxRule,
  { amount, per }: Extract<AmountRule, { kind: 'fixed' }>,
  bases: readonly TaxedBase[],
  currency: string,
): TaxAmounts {
  const rate = amountRate(amount, currency);
  if (per === 'charge') {
    const signs = bases.map(({ baseMinor }) => Math.sign(baseMinor));
    return spread(rule, bases, signs, rate, currency);
  }
  const once = [Math.sign(sumOf(basesOf(bases)))];
  const whole: TaxedBase = { chargeId: '', baseMinor: 0, taxMinor: 0, minutes: 0, lines: 0, rateOn: '' };
  const { amountMinor } = spread(rule, [whole], once, rate, currency);
  return { ...overBases(bases, amountMinor), units: 1 };
}

/** 100 %, in millionths of a percent. */
const wholeLine = 10n ** 8n;

/** What the n-th line pays of the amount, in millionths of a percent. */
function lineWeight(tiers: readonly LineTier[] | undefined, nth: number): number {
  if (nth === 0) return 0;
  const tier = tiers?.find(({ upToLines }) => upToLines === null || nth <= upToLines);
  return Number(parseRate(tier?.percent ?? '100') / 10n ** 6n);
}

const of = (part: number, whole: number): ExactRate =>
  whole < 0
    ? { numerator: BigInt(-part), denominator: BigInt(-whole) }
    : { numerator: BigInt(part), denominator: BigInt(whole) };

function spread(
  rule: TaxRule,
  bases: readonly TaxedBase[],
  counts: readonly number[],
  rate: ExactRate,
  currency: string,
): TaxAmounts {
  const { roundStep, rounding, sumRounding = rounding } = rule;
  if (roundStep === undefined) return result(bases, roundedParts(rule, bases, counts, rate), sumOf(counts));
  const step = amountRate(roundStep, currency);
  const steps = roundedParts(rule, bases, counts, inSteps(rate, step));
  return result(bases, telescoped(steps, step, sumRounding).parts, sumOf(counts));
}

const roundedParts = (
  { roundAt, rounding }: TaxRule,
  bases: readonly TaxedBase[],
  counts: readonly number[],
  rate: ExactRate,
): number[] =>
  roundAt === 'bill'
    ? telescoped(counts, rate, rounding).parts
    : byCharge(bases, counts).map(({ count, isFirst }) => (isFirst ? times(rate, count, rounding) : 0));

/** A charge and the taxes below it are one base: they are rounded together. */
function byCharge(bases: readonly TaxedBase[], counts: readonly number[]) {
  const sums = new Map<string, number>();
  bases.forEach(({ chargeId }, at) => sums.set(chargeId, (sums.get(chargeId) ?? 0) + (counts[at] ?? 0)));
  const seen = new Set<string>();
  return bases.map(({ chargeId }) => {
    const isFirst = !seen.has(chargeId);
    seen.add(chargeId);
    return { count: sums.get(chargeId) ?? 0, isFirst };
  });
}

function result(bases: readonly TaxedBase[], amounts: readonly number[], units: number): TaxAmounts {
  const parts = new Map<string, TaxAmounts['parts'][number]>();
  bases.forEach(({ chargeId, baseMinor }, at) => {
    const before = parts.get(chargeId) ?? { chargeId, baseMinor: 0, amountMinor: 0 };
    parts.set(chargeId, {
      chargeId,
      baseMinor: before.baseMinor + baseMinor,
      amountMinor: before.amountMinor + (amounts[at] ?? 0),
    });
  });
  return { amountMinor: sumOf(amounts), units, parts: [...parts.values()] };
}

/** Never more than the law's cap for the bill; the parts shrink in proportion. */
function capped(capMinor: number | undefined, amounts: TaxAmounts): TaxAmounts {
  const { amountMinor, parts, units } = amounts;
  if (capMinor === undefined || amountMinor <= capMinor) return amounts;
  const shrunk = telescoped(
    parts.map((part) => part.amountMinor),
    of(capMinor, amountMinor),
    'down',
  );
  return {
    amountMinor: capMinor,
    units,
    parts: parts.map((part, at) => ({ ...part, amountMinor: shrunk.parts[at] ?? 0 })),
  };
}

/** Never more than the law's cap for each charge, tax on what is below it included. */
function cappedByLine(capMinor: number | undefined, { parts: found, units }: TaxAmounts): TaxAmounts {
  const parts = found.map((part) => ({
    ...part,
    amountMinor: Math.min(part.amountMinor, capMinor ?? part.amountMinor),
  }));
  return { amountMinor: sumOf(parts.map(({ amountMinor }) => amountMinor)), units, parts };
}
