import type { LocalDate } from '@tollkeeper/calendar';
import type { TaxRule } from '../table/tax-rule';
import { amountRate, type ExactRate, percentRate, telescoped, tieredAmount, times } from './exact-amount';
import type { AssessedTax, TaxInput } from './tax-input';

/** What one rule is applied to: a charge's part, a tax below it, or a line in a month. */
export interface TaxedBase {
  chargeId: string;
  baseMinor: number;
  taxMinor: number;
  minutes: number;
  lines: number;
  rateOn: LocalDate;
}

interface TaxAmounts {
  amountMinor: number;
  units: number;
  parts: AssessedTax['parts'];
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

/** The rule's amount, rounded once where it says, and how much of it each charge bears. */
export function amountsOf(rule: TaxRule, bases: readonly TaxedBase[], input: TaxInput): TaxAmounts {
  const { amount } = rule;
  switch (amount.kind) {
    case 'percentage': {
      const share = input.shares?.[rule.taxId] ?? amount.share;
      const rate = percentRate(amount.percent, share, amount.grossUp);
      return (amount.capAt === 'line' ? cappedByLine : capped)(
        amount.capMinor,
        spread(
          rule,
          bases,
          bases.map(({ baseMinor }) => baseMinor),
          rate,
        ),
      );
    }
    case 'perMinute':
      return spread(
        rule,
        bases,
        bases.map(({ minutes }) => minutes),
        amountRate(amount.amount, input.currency),
      );
    case 'perLine':
      return spread(
        rule,
        bases,
        bases.map(({ lines }) => lines),
        amountRate(amount.amount, input.currency),
      );
    case 'tiered': {
      const base = sumOf(bases.map(({ baseMinor }) => baseMinor));
      const total = tieredAmount(base, amount.tiers, rule.rounding);
      const weights = bases.map(({ baseMinor }) => baseMinor);
      const shares =
        base === 0 ? { parts: weights.map(() => 0) } : telescoped(weights, of(total, base), 'down');
      return result(bases, shares.parts, bases.length);
    }
    case 'untaxed':
      return result(
        bases,
        bases.map(() => 0),
        0,
      );
  }
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
): TaxAmounts {
  const parts =
    rule.roundAt === 'bill'
      ? telescoped(counts, rate, rule.rounding).parts
      : byCharge(bases, counts).map(({ count, isFirst }) =>
          isFirst ? times(rate, count, rule.rounding) : 0,
        );
  return result(bases, parts, sumOf(counts));
}

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
