import type { TaxRule } from '../table/tax-rule';
import type { TaxAmounts } from './amounts-of';
import { type ExactRate, telescoped, times } from './exact-amount';
import type { CappedBefore, TaxInput } from './tax-input';

type MonthlyCap = 'lineMonth' | 'accountMonth';

export const isOfMonth = (capAt: string | undefined): capAt is MonthlyCap =>
  capAt === 'lineMonth' || capAt === 'accountMonth';

/** What a cap is of: `US-TX/surcharge sub_1 2026-03`; of the account without the line. */
export const capKey = (
  { jurisdiction, taxId }: Pick<TaxRule, 'jurisdiction' | 'taxId'>,
  capAt: MonthlyCap,
  { lineId = '', month }: { lineId?: string; month: string },
): string => `${jurisdiction}/${taxId} ${capAt === 'lineMonth' ? lineId : ''} ${month}`;

interface Cap {
  capMinor: number;
  capAt?: string;
  rate: ExactRate;
}

interface Group {
  parts: number[];
  months: number;
}

const nothing: CappedBefore = { baseMinor: 0, amountMinor: 0 };

/**
 * Never more than the cap for a line, or for the account, in a month of service, whichever bills have its charges: each
 * bill asks for what the month owes by then less what was asked. What is given back goes back as far as it was charged.
 */
export function cappedByMonth(
  rule: TaxRule,
  { units, parts: found }: TaxAmounts,
  { capMinor, capAt, rate }: Cap,
  input: TaxInput,
): TaxAmounts {
  if (!isOfMonth(capAt)) return { units, parts: found, amountMinor: sum(found) };
  const groups = new Map<string, Group>();
  found.forEach(({ chargeId }, at) => {
    const charge = input.charges.find((each) => each.chargeId === chargeId);
    const month = charge?.month ?? charge?.from.slice(0, 7) ?? chargeId.slice(-7);
    // A fee of a line in service (`line/<line>/<month>`) that is taxed as well.
    const lineId = charge ? charge.lineId : chargeId.slice(chargeId.indexOf('/') + 1, -8);
    const key = capKey(rule, capAt, { month, ...(lineId === undefined ? {} : { lineId }) });
    const group = groups.get(key) ?? { parts: [], months: 1 };
    groups.set(key, {
      parts: [...group.parts, at],
      months: Math.max(group.months, charge?.months ?? 1),
    });
  });
  const parts = [...found];
  for (const [key, { parts: own, months }] of groups) {
    const before = input.cappedBefore?.get(key) ?? nothing;
    const asked = own.map((at) => found[at]?.amountMinor ?? 0);
    const now = owedNow(asked, before, times(rate, before.baseMinor, rule.rounding), capMinor * months);
    const all = asked.reduce((total, each) => total + each, 0);
    if (now === all) continue;
    const shares = telescoped(asked, ratio(now, all), 'down').parts;
    own.forEach((at, no) => {
      const part = found[at];
      if (part) parts[at] = { ...part, amountMinor: shares[no] ?? 0 };
    });
  }
  return { units, parts, amountMinor: sum(parts) };
}

function owedNow(asked: readonly number[], before: CappedBefore, uncappedBefore: number, capMinor: number) {
  const now = asked.reduce((total, each) => total + each, 0);
  const uncapped = uncappedBefore + now;
  // Cents that other bills rounded otherwise are theirs.
  if (uncapped <= capMinor && before.amountMinor < capMinor) return now;
  const due = Math.max(0, Math.min(capMinor, uncapped)) - before.amountMinor;
  return now < 0 ? Math.max(now, Math.min(0, due)) : Math.min(now, Math.max(0, due));
}

const sum = (parts: TaxAmounts['parts']): number => parts.reduce((all, part) => all + part.amountMinor, 0);

/** Both of one sign. */
const ratio = (part: number, whole: number): ExactRate => ({
  numerator: BigInt(Math.abs(part)),
  denominator: BigInt(Math.abs(whole)),
});
