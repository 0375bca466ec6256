import { allocate, divideRounded, parseRate, type RoundingMode } from '@tollkeeper/money';
import { ruleKey, type TaxRule } from '../table/tax-rule';
import { type ExactRate, telescoped } from './exact-amount';
import type { AssessedTax } from './tax-input';

const hundred = 100n * 10n ** 12n;

/**
 * Taxes with one `roundTogether` are added on each charge (or on the bill's sum), rounded once, and the cents handed out
 * by largest remainder: 10 % and 20 % of 0.05 are 0.02 together, not 0.01 and 0.01.
 */
export function roundedTogether(taxes: readonly AssessedTax[], rules: readonly TaxRule[]): AssessedTax[] {
  if (!rules.some(({ roundTogether }) => roundTogether !== undefined)) return [...taxes];
  const groupOf = new Map(rules.map((rule) => [ruleKey(rule), rule.roundTogether]));
  const keyOf = (tax: AssessedTax) => groupOf.get(tax.ruleKey) ?? null;
  const groups = new Set(taxes.map(keyOf).filter((group) => group !== null));
  let rounded = [...taxes];
  for (const group of groups) {
    const members = taxes.filter((tax) => keyOf(tax) === group);
    const roundAt = members[0]?.roundAt ?? 'line';
    const shares = roundAt === 'bill' ? sharesOfBill(members) : sharesByCharge(members, rules);
    rounded = rounded.map((tax) => {
      if (keyOf(tax) !== group) return tax;
      const parts = tax.parts.map((part) => ({
        ...part,
        amountMinor: shares.get(`${tax.ruleKey} ${part.chargeId}`) ?? 0,
      }));
      return { ...tax, parts, amountMinor: parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0) };
    });
  }
  return rounded;
}

function sharesByCharge(members: readonly AssessedTax[], rules: readonly TaxRule[]): Map<string, number> {
  const shares = new Map<string, number>();
  const chargeIds = new Set(members.flatMap(({ parts }) => parts.map(({ chargeId }) => chargeId)));
  for (const chargeId of chargeIds) {
    const taxed = members.flatMap((tax) => {
      const part = tax.parts.find((each) => each.chargeId === chargeId);
      return part
        ? [{ key: tax.ruleKey, exact: BigInt(part.baseMinor) * parseRate(tax.percent ?? '0') }]
        : [];
    });
    const rounding = rules.find((rule) => ruleKey(rule) === taxed[0]?.key)?.rounding ?? 'halfUp';
    const exact = taxed.reduce((sum, each) => sum + each.exact, 0n);
    const total = Number(divideRounded(exact, hundred, rounding));
    const weights = taxed.map((each) => (each.exact < 0n ? -each.exact : each.exact));
    const parts = weights.every((weight) => weight === 0n) ? weights.map(() => 0) : allocate(total, weights);
    taxed.forEach(({ key }, at) => shares.set(`${key} ${chargeId}`, parts[at] ?? 0));
  }
  return shares;
}

/** State and local rates of one bill as one combined rate (Streamlined Sales and Use Tax Agreement, section 324). */
function sharesOfBill(members: readonly AssessedTax[]): Map<string, number> {
  const exact = members.map(({ baseMinor, percent }) => BigInt(baseMinor) * parseRate(percent ?? '0'));
  const signs = new Set(exact.filter((each) => each !== 0n).map((each) => each < 0n));
  // Charges on one side and credits on the other: each is rounded by itself.
  const amounts =
    signs.size > 1
      ? members.map(({ amountMinor }) => amountMinor)
      : amountsTogether(exact, members[0]?.rounding ?? 'halfUp');
  return new Map(
    members.flatMap(({ ruleKey: key, parts, baseMinor }, at) => {
      const rate = partOfWhole(amounts[at] ?? 0, baseMinor);
      const spread = telescoped(
        parts.map((part) => part.baseMinor),
        rate,
        'down',
      ).parts;
      return parts.map(({ chargeId }, index): [string, number] => [`${key} ${chargeId}`, spread[index] ?? 0]);
    }),
  );
}

function amountsTogether(exact: readonly bigint[], rounding: RoundingMode): number[] {
  const sum = exact.reduce((total, each) => total + each, 0n);
  if (sum === 0n) return exact.map(() => 0);
  const weights = exact.map((each) => (each < 0n ? -each : each));
  return allocate(Number(divideRounded(sum, hundred, rounding)), weights);
}

const partOfWhole = (part: number, whole: number): ExactRate =>
  whole === 0
    ? { numerator: 0n, denominator: 1n }
    : { numerator: BigInt(part) * (whole < 0 ? -1n : 1n), denominator: BigInt(Math.abs(whole)) };
