import {
  addDays,
  type Cycle,
  dayInMonth,
  dayOfMonth,
  daysBetween,
  type LocalDate,
  monthIndexOf,
  type Period,
  periodContaining,
} from '@tollkeeper/calendar';
import type { RecurringCharge } from '@tollkeeper/contracts';

type Frequency = Pick<RecurringCharge, 'every' | 'anchor'>;

const monthsOf = { month: 1, quarter: 3, year: 12 } as const;
const daysOf = { day: 1, week: 7 } as const;
const aMonday: LocalDate = '2024-01-01';

interface Anchored {
  days: Pick<Period, 'from'>;
  servedFrom?: LocalDate;
  part?: { planFrom: LocalDate };
}

/** `null`: the cycle's anchor. */
function beginningOf(
  anchor: NonNullable<RecurringCharge['anchor']>,
  { days, servedFrom, part }: Anchored,
): LocalDate | null {
  if (anchor === 'cycle') return null;
  const plan = part?.planFrom ?? days.from;
  return anchor === 'service' ? (servedFrom ?? plan) : plan;
}

/**
 * The charge's own period that contains the day. Without a frequency of its own it is the cycle's. Each boundary is
 * counted from the anchor and none from the one before it, so that the 31st comes back after February.
 */
export function chargePeriodContaining(
  { every, anchor = 'subscription' }: Frequency,
  holder: Anchored,
  cycle: Cycle,
  date: LocalDate,
): Period {
  if (!every) return periodContaining(cycle, date);
  const begun = beginningOf(anchor, holder);
  return every.unit === 'day' || every.unit === 'week'
    ? byDays(daysOf[every.unit] * every.count, begun ?? weekAnchor(cycle), date)
    : byMonths(
        monthsOf[every.unit] * every.count,
        begun === null ? cycleMonthAnchor(cycle) : monthAnchor(begun),
        date,
      );
}

function byDays(length: number, anchor: LocalDate, date: LocalDate): Period {
  const number = Math.floor(daysBetween(anchor, date) / length);
  return { from: addDays(anchor, number * length), to: addDays(anchor, (number + 1) * length) };
}

interface MonthAnchor {
  month: number;
  day: number;
}

function byMonths(length: number, { month, day }: MonthAnchor, date: LocalDate): Period {
  const at = (number: number) => dayInMonth(month + number * length, day);
  const guess = Math.floor((monthIndexOf(date) - month) / length);
  const number = at(guess) <= date ? guess : guess - 1;
  return { from: at(number), to: at(number + 1) };
}

const weekAnchor = ({ frequency, anchorDay }: Cycle): LocalDate =>
  frequency === 'weekly' ? addDays(aMonday, anchorDay - 1) : aMonday;

const monthAnchor = (date: LocalDate): MonthAnchor => ({ month: monthIndexOf(date), day: dayOfMonth(date) });

const cycleMonthAnchor = ({ frequency, anchorDay, anchorMonth = 1 }: Cycle): MonthAnchor => ({
  month: anchorMonth - 1,
  day: frequency === 'weekly' ? 1 : anchorDay,
});

/** Many short periods on one bill are one line: `31 x 0.50`. */
export const isShort = ({ every }: Frequency): boolean => every?.unit === 'day' || every?.unit === 'week';

export const sameFrequency = (left: Frequency, right: Frequency): boolean => textOf(left) === textOf(right);

const textOf = ({ every, anchor = 'subscription' }: Frequency): string =>
  every ? `${every.count} ${every.unit} ${anchor}` : '';
