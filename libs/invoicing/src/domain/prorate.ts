import {
  addDays,
  type Boundary,
  type LocalDate,
  type Period,
  type ProrationUnit,
  startOfDay,
  unitsBetween,
} from '@tollkeeper/calendar';
import type { ProrationRule } from '@tollkeeper/contracts';
import { fractionOf } from '@tollkeeper/money';

/** How the days or seconds of a charge are counted. */
type Measure = (from: Boundary, to: Boundary) => number;

interface MeasuredHolder {
  days: Period;
  /** The same as instants: where seconds are counted, the plan's first and last day are not whole. */
  fromAt?: Boundary;
  toAt?: Boundary;
}

export const byDays: Measure = (from, to) => unitsBetween('actualDays', from, to);

export const unitOf = (rule: ProrationRule | undefined): ProrationUnit => rule?.unit ?? 'actualDays';

export function measureOf(
  rule: ProrationRule | undefined,
  { days, fromAt, toAt }: MeasuredHolder,
  zone: string,
): Measure {
  const unit = unitOf(rule);
  if (unit !== 'second') return unit === 'actualDays' ? byDays : (from, to) => unitsBetween(unit, from, to);
  const endsOn = secondsUntil({ days, ...(toAt === undefined ? {} : { toAt }) }, zone);
  const exact = (at: Boundary): Boundary =>
    at === days.from ? (fromAt ?? at) : at === endsOn ? (toAt ?? at) : at;
  return (from, to) => unitsBetween(unit, exact(from), exact(to), zone);
}

/** Seconds of a plan's last day are charged with that day, though the days of a plan end before it. */
export const secondsUntil = ({ days, toAt }: MeasuredHolder, zone: string): LocalDate =>
  toAt !== undefined && toAt > startOfDay(days.to, zone) ? addDays(days.to, 1) : days.to;

/** A period as the calendar has it, whenever in it a plan began or ended. */
export const lengthOf = (rule: ProrationRule | undefined, { from, to }: Period, zone: string): number =>
  unitsBetween(unitOf(rule), from, to, zone);

/**
 * What a part of a period costs: the difference between two sums, each from the first day held and rounded once. Parts
 * that follow each other thus add up to the whole, to the cent: the last one is the whole less the others.
 */
export function shareOf(
  amountMinor: number,
  firstDay: Boundary,
  part: Period,
  whole: Period,
  measure: Measure = byDays,
  denominator: number = measure(whole.from, whole.to),
): number {
  const until = (to: Boundary): number => {
    const numerator = to <= firstDay ? 0 : measure(firstDay, to);
    return numerator <= 0 ? 0 : fractionOf(amountMinor, { numerator, denominator }, 'halfUp');
  };
  return until(part.to) - until(part.from);
}

/** What a line billed, before and after discounts. */
interface BilledPart extends Period {
  listMinor: number;
  /** 0 or less. */
  discountMinor: number;
}

/** What was billed for some of a line's days: what is given back for them, and what is kept, add up to the line. */
export function billedFor(billed: BilledPart, part: Period, measure: Measure = byDays) {
  const share = (amountMinor: number) => shareOf(amountMinor, billed.from, part, billed, measure);
  return { listMinor: share(billed.listMinor), discountMinor: share(billed.discountMinor) };
}
