import type { Instant } from '@tollkeeper/calendar';
import { addDuration, compareInstants, minutesBetween } from '@tollkeeper/calendar';
import { fractionOf, type RoundingMode } from '@tollkeeper/money';

const minutesPerDay = 24 * 60;

/** Days of 24 hours, as paid periods have; a day that has begun is used. */
function wholeDays(from: Instant, to: Instant): number {
  const days = Math.floor(minutesBetween(from, to) / minutesPerDay);
  // Minutes are rounded: a day that lacks some seconds is none.
  const isWhole = compareInstants(addDuration(from, { days }), to) <= 0;
  return Math.max(0, isWhole ? days : days - 1);
}

/** amount x unused whole days / days of the period, rounded once to minor units. */
export function unusedMinor({
  amountMinor,
  from,
  to,
  unusedFrom,
  rounding,
}: {
  amountMinor: number;
  from: Instant;
  to: Instant;
  unusedFrom: Instant;
  rounding: RoundingMode;
}): number {
  const days = wholeDays(from, to);
  const unused = Math.min(days, wholeDays(unusedFrom, to));
  return days === 0 ? 0 : fractionOf(amountMinor, { numerator: unused, denominator: days }, rounding);
}
