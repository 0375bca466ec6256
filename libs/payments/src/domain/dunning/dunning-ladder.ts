import { addDays, atLocalTime, compareDates, type Instant, type LocalDate } from '@tollkeeper/calendar';
import {
  type DunningAction,
  type DunningLevel,
  type DunningPolicy,
  dunningTemplates,
} from '@tollkeeper/contracts';

interface LadderStart {
  oldestDueOn: LocalDate;
  /** The account's local date on which the case was opened. */
  openedOn: LocalDate;
  zone: string;
}

/**
 * When each level is due. A case that opens late (after a hold, by hand) starts at its first level and keeps the
 * ladder's distances: nobody is reminded and barred in one morning.
 */
export function scheduleLadder(
  { levels, stepHour }: DunningPolicy,
  { oldestDueOn, openedOn, zone }: LadderStart,
): { levelId: string; at: Instant }[] {
  const first = levels[0]?.daysOverdue ?? 0;
  const lateStart = addDays(openedOn, -first);
  const base = compareDates(lateStart, oldestDueOn) > 0 ? lateStart : oldestDueOn;
  const time = `${String(stepHour).padStart(2, '0')}:00`;
  return levels.map(({ levelId, daysOverdue }) => ({
    levelId,
    at: atLocalTime(addDays(base, daysOverdue), time, zone),
  }));
}

const restricts = ({ actions }: DunningLevel, state?: DunningAction['state']): boolean =>
  actions.some((action) => action.kind === 'restrict' && (state === undefined || action.state === state));

const ends = ({ actions }: DunningLevel): boolean => actions.some(({ kind }) => kind === 'terminate');

/** Whatever the debt is: a notice that may be left out gives none. */
const notifies = ({ actions, onlyIf }: DunningLevel): boolean =>
  onlyIf === undefined && actions.some(({ kind }) => kind === 'sendMessage');

const accelerates = ({ acceleratesDevicePlans = false }: DunningAction): boolean => acceleratesDevicePlans;

/** BGB § 498(1) no. 2: two weeks to pay, with the warning that the whole rest is asked for then. */
const warnedDays = 14;

const warns = (earlier: DunningLevel, later: DunningLevel): boolean =>
  notifies(earlier) && later.daysOverdue - earlier.daysOverdue >= warnedDays;

interface LadderFault {
  field: string;
  detail: string;
}

/** The first thing that makes a ladder unfair or senseless; null when there is none. */
export function ladderFault(levels: readonly DunningLevel[]): LadderFault | null {
  const ids = levels.map(({ levelId }) => levelId);
  if (new Set(ids).size < ids.length) return { field: 'levels', detail: 'Two levels have the same levelId.' };
  for (const [place, level] of levels.entries()) {
    const field = `levels.${place}`;
    const earlier = levels.slice(0, place);
    const previous = earlier.at(-1);
    if (previous && level.daysOverdue <= previous.daysOverdue) {
      return {
        field: `${field}.daysOverdue`,
        detail: 'Levels come in order: each later than the one before.',
      };
    }
    if (previous?.actions.some(({ kind }) => kind === 'handOver' || kind === 'writeOff')) {
      return { field, detail: 'Nothing comes after the debt is handed over or written off.' };
    }
    if (
      earlier.some(ends) &&
      level.actions.some(({ kind }) => !['handOver', 'writeOff', 'sendMessage'].includes(kind))
    ) {
      return { field, detail: 'After a termination the debt is only told of, handed over or written off.' };
    }
    if (level.actions.some(accelerates) && !earlier.some((each) => warns(each, level)))
      return {
        field: `${field}.actions`,
        detail: `Instalments are asked for at once only ${warnedDays} days after a message that said so.`,
      };
    const fault = level.actions.map(actionFault).find((detail) => detail !== null);
    if (fault) return { field: `${field}.actions`, detail: fault };
    if ((restricts(level) || ends(level)) && !earlier.some(notifies)) {
      return {
        field,
        detail: 'Service may be restricted or ended only after an earlier level has sent a notice.',
      };
    }
    if (restricts(level, 'suspended') && !earlier.some((each) => restricts(each, 'barOutgoing'))) {
      return { field, detail: 'Outgoing service is barred before everything is suspended.' };
    }
  }
  return null;
}

function actionFault(action: DunningAction): string | null {
  const { kind, template, state, fee, notice } = action;
  if (action.acceleratesDevicePlans !== undefined && kind !== 'terminate' && kind !== 'handOver')
    return 'Only terminate and handOver ask for all instalments of a device.';
  if ((kind === 'lateFee') !== (fee !== undefined)) return 'lateFee, and nothing else, names a fee.';
  if (notice !== undefined && kind !== 'sendMessage') return 'Only sendMessage is a notice.';
  if ((kind === 'sendMessage') !== (template !== undefined))
    return 'sendMessage, and nothing else, names a template.';
  if (template !== undefined && !dunningTemplates.includes(template))
    return `There is no message ${template}: name one of ${dunningTemplates.join(', ')}.`;
  if ((kind === 'restrict') !== (state !== undefined)) return 'restrict, and nothing else, names a state.';
  return null;
}
