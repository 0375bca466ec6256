import type { LocalDate } from '@tollkeeper/calendar';
import type { RevenueCategory } from '@tollkeeper/contracts';
import { lastDayOf, type Schedule, type ScheduleChange } from '../../books/domain/recognition';
import type { CreditNoteLine } from './credit-note';

interface CreditedSchedule extends Schedule {
  lineNo: number | null;
  revenueCategory: RevenueCategory;
  version: number;
  changes: readonly (ScheduleChange & { cause: string })[];
}

/**
 * A credited line earns less: the schedule's days, those to come and those that are past, earn the rest of it. What they
 * had earned too much is taken back by the next recognition, by a counter row, never on a closed day.
 */
export function creditSchedules<Row extends CreditedSchedule>(
  schedules: readonly Row[],
  lines: readonly CreditNoteLine[],
  { on, cause }: { on: LocalDate; cause: string },
): Row[] {
  return schedules.flatMap((schedule) => {
    const line = lines.find(({ lineNo, deferred }) => deferred && lineNo === schedule.lineNo);
    const part = line?.revenue.find(({ revenueCategory }) => revenueCategory === schedule.revenueCategory);
    return part && part.amountMinor !== 0 ? [lowered(schedule, part.amountMinor, on, cause)] : [];
  });
}

function lowered<Row extends CreditedSchedule>(
  schedule: Row,
  amountMinor: number,
  from: LocalDate,
  cause: string,
): Row {
  const before = schedule.changes.at(-1);
  const on = [from, schedule.bookedOn, before?.on ?? from].sort().at(-1) as LocalDate;
  const change = {
    on,
    endsOn: before?.endsOn ?? null,
    reversedMinor: (before?.reversedMinor ?? 0) + amountMinor,
    cause,
  };
  const row = { ...schedule, version: schedule.version + 1, changes: [...schedule.changes, change] };
  return { ...row, lastOn: lastDayOf(row) };
}
