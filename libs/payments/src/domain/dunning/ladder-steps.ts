import {
  addDays,
  atLocalTime,
  compareDates,
  daysBetween,
  type Instant,
  type LocalDate,
  localDateOf,
} from '@tollkeeper/calendar';
import type { DunningLevel, DunningPolicy } from '@tollkeeper/contracts';
import { allowedDay, noEarlierThan, type Place, stepTime } from './forbidden-days';

interface LadderState extends Place {
  oldestDueOn: LocalDate;
  /** The account's local date on which the case was opened. */
  openedOn: LocalDate;
  taken: ReadonlyMap<string, Instant>;
  at: Instant;
}

export interface LadderStep {
  level: DunningLevel;
  at: Instant;
  why: string;
}

/**
 * Levels that are left, each with its day: so many days after the oldest due date, and never nearer to any level before
 * than the ladder has them. What a hold, a holiday or a late opening put off is thus not made up for.
 */
export function stepsAhead(policy: DunningPolicy, state: LadderState): LadderStep[] {
  const { levels, stepHour, forbidden } = policy;
  const base = baseOf(levels, state);
  /** The due date as the latest of the steps before would have it. */
  let seen: LocalDate | null = null;
  const steps: LadderStep[] = [];
  for (const level of levels) {
    const { levelId, daysOverdue } = level;
    const takenAt = state.taken.get(levelId);
    if (takenAt) {
      seen = laterOf(addDays(localDateOf(takenAt, state.zone), -daysOverdue), seen);
      continue;
    }
    const planned = addDays(laterOf(base, seen), daysOverdue);
    const { on, moved } = allowedDay(forbidden, state.country, planned);
    const wanted = atLocalTime(on, stepTime(stepHour, forbidden), state.zone);
    const at = wanted >= state.at ? wanted : noEarlierThan(state.at, policy, state);
    const putOff = daysBetween(addDays(state.oldestDueOn, daysOverdue), planned);
    const because = seen ? 'the step before it came later' : 'the case was opened late';
    const late = putOff > 0 ? `, put off by ${putOff === 1 ? 'a day' : `${putOff} days`}: ${because}` : '';
    const why = `${dayCount(daysOverdue)} after ${state.oldestDueOn}${late}${moved ? `; ${moved}` : ''}`;
    steps.push({ level, at, why });
    seen = laterOf(addDays(localDateOf(at, state.zone), -daysOverdue), seen);
  }
  return steps;
}

/** A case that opens late starts at its first level: nobody is reminded and barred in one morning. */
function baseOf([first]: readonly DunningLevel[], { oldestDueOn, openedOn }: LadderState): LocalDate {
  return laterOf(oldestDueOn, addDays(openedOn, -(first?.daysOverdue ?? 0)));
}

const laterOf = (left: LocalDate, right: LocalDate | null): LocalDate =>
  right !== null && compareDates(right, left) > 0 ? right : left;

const dayCount = (days: number): string => (days === 1 ? '1 day' : `${days} days`);
