import {
  addDays,
  type Cycle,
  type Instant,
  type LocalDate,
  localDateOf,
  nextCutOffs,
  startOfDay,
} from '@tollkeeper/calendar';

/** The cut-offs whose runs may bill the last moment of a service, the first one first: the end itself is not served. */
export function cutOffsFrom(cycle: Cycle, endedAt: Instant, count: number): LocalDate[] {
  const day = localDateOf(endedAt, cycle.zone);
  const endsAtMidnight = startOfDay(day, cycle.zone) === endedAt;
  return nextCutOffs(cycle, endsAtMidnight ? addDays(day, -1) : day, count);
}
