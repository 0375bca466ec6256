import type { Period } from '@tollkeeper/calendar';
import type { RatedTotal } from '@tollkeeper/contracts';

export const latePolicies = ['nextBill', 'correctionBill', 'reportOnly'] as const;

/** What becomes of usage that came after its period was billed. */
export type LatePolicy = (typeof latePolicies)[number];

export interface LateUsageTerms {
  policy: LatePolicy;
  /** Days after the end of an account's last service before its final bill is made. */
  finalBillWaitDays: number;
}

export const usualLateTerms: LateUsageTerms = { policy: 'nextBill', finalBillWaitDays: 0 };

export interface SplitUsage {
  /** On the bill that is made, late usage with its own days. */
  billed: RatedTotal[];
  /** By closed period, the oldest first: a correction bill each. */
  apart: { period: Period; totals: RatedTotal[] }[];
  /** Known to finance and charged to nobody. */
  reported: RatedTotal[];
}

/** Every total is in exactly one place. */
export function splitLateUsage(totals: readonly RatedTotal[], policy: LatePolicy): SplitUsage {
  const late = totals.filter((total) => total.late !== undefined);
  if (policy === 'nextBill' || late.length === 0) return { billed: [...totals], apart: [], reported: [] };
  const billed = totals.filter((total) => total.late === undefined);
  return policy === 'reportOnly'
    ? { billed, apart: [], reported: late }
    : { billed, apart: byPeriod(late), reported: [] };
}

function byPeriod(late: readonly RatedTotal[]): SplitUsage['apart'] {
  const periods = new Map<string, { period: Period; totals: RatedTotal[] }>();
  for (const total of late) {
    if (!total.late) continue;
    const key = `${total.late.from}/${total.late.to}`;
    const known = periods.get(key) ?? { period: { ...total.late }, totals: [] };
    known.totals.push(total);
    periods.set(key, known);
  }
  return [...periods.keys()].sort().flatMap((key) => periods.get(key) ?? []);
}
