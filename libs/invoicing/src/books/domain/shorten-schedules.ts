import { lastDayOf, recognizedThrough, sumOf, type Schedule, type ScheduleChange } from './recognition';
import { addDays, type LocalDate } from '@tollkeeper/calendar';

export interface Shortening {
  /** First day without service. */
  endsOn: LocalDate;
  /** Day in the books of the posting that takes money back. */
  on: LocalDate;
  /** Taken out of the liability, tax included; what was not taken is earned at once. */
  reversedMinor: number;
  /** Refund, credit note, end of the subscription: the same cause again changes nothing. */
  cause: string;
}

interface Shortened extends Schedule {
  version: number;
  changes: readonly (ScheduleChange & { cause: string })[];
}

/**
 * What was taken back comes out of the period that is furthest away first, and out of a running one as far as its days
 * are unused. Money beyond all of that was given back for days that were served: it lowers the revenue of the first.
 */
export function shortenSchedules<Row extends Shortened>(schedules: readonly Row[], by: Shortening): Row[] {
  const fresh = schedules.filter(({ changes }) => !changes.some(({ cause }) => cause === by.cause));
  const latestFirst = [...fresh].sort((left, right) => (left.from < right.from ? 1 : -1));
  let leftMinor = by.reversedMinor;
  return latestFirst.map((schedule, index) => {
    const isFirstPeriod = index === latestFirst.length - 1;
    const part = isFirstPeriod ? leftMinor : Math.min(leftMinor, unusedOf(schedule, by.endsOn));
    leftMinor -= part;
    return changed(schedule, by, part);
  });
}

/** Not yet taken back, and not earned by the days before the end. */
function unusedOf(schedule: Schedule, endsOn: LocalDate): number {
  const asServed = { ...schedule, bookedOn: schedule.from, changes: [] };
  const earned = sumOf(recognizedThrough(asServed, addDays(endsOn, -1)));
  return Math.max(0, schedule.totalMinor - earned - (schedule.changes.at(-1)?.reversedMinor ?? 0));
}

function changed<Row extends Shortened>(schedule: Row, { endsOn, on, cause }: Shortening, part: number): Row {
  const before = schedule.changes.at(-1);
  const end = before?.endsOn && before.endsOn < endsOn ? before.endsOn : endsOn;
  const day = [on, schedule.bookedOn, before?.on ?? on].sort().at(-1) as LocalDate;
  const change = { on: day, endsOn: end, reversedMinor: (before?.reversedMinor ?? 0) + part, cause };
  const row = { ...schedule, version: schedule.version + 1, changes: [...schedule.changes, change] };
  return { ...row, lastOn: lastDayOf(row) };
}
