import { compareInstants, type Instant } from '@tollkeeper/calendar';
import type { CollectionMove, DunningLevel } from '@tollkeeper/contracts';
import { type BarVerdict, mayBar } from './bar-rules';
import type { CaseState } from './case-state';
import { type LadderStep, stepsAhead } from './ladder-steps';
import { sortLevels } from './level-conditions';
import { nextRetry } from './retry-plan';

/** The next level, or the next charge between levels. A bar that the law does not allow yet waits, those behind it that bar nothing go on. */
export function ladderMove(debt: CaseState): CollectionMove {
  const retry = retryMove(debt);
  if (retry?.kind === 'take') return retry;
  const waits: Wait[] = retry?.kind === 'wait' ? [retry] : [];
  const { ready, waiting } = levelsOf(debt);
  for (const { level, why } of waiting)
    waits.push({ kind: 'wait', until: debt.nextOverdueAt, levelId: level.levelId, why });
  for (const { level, at, why } of stepsOf({ ...debt, policy: { ...debt.policy, levels: ready } })) {
    const { levelId } = level;
    const isDue = compareInstants(at, debt.at) <= 0;
    const verdict = barVerdict(isDue ? debt : { ...debt, at }, level);
    if (isDue && verdict.may === true) return { kind: 'take', level, why };
    if (isDue && verdict.may === 'prove') return { kind: 'prove', keys: [...verdict.keys] };
    if (isDue && verdict.may === false) {
      const until = verdict.until ?? debt.nextOverdueAt;
      waits.push({ kind: 'wait', until, levelId, why: verdict.why });
    } else {
      // The law is asked ahead of the day: nobody is told of a bar that it puts off.
      const putOff = verdict.may === false ? verdict.until : null;
      if (verdict.may === false && putOff !== null)
        waits.push({ kind: 'wait', until: putOff, levelId, why: verdict.why });
      else {
        waits.push({ kind: 'wait', until: at, levelId, why });
        break;
      }
    }
  }
  return soonest(waits);
}

type Wait = Extract<CollectionMove, { kind: 'wait' }>;

/** What comes first, and what waits besides. */
function soonest(waits: Wait[]): CollectionMove {
  const [first] = [...waits].sort(byInstant);
  if (!first)
    return { kind: 'wait', until: null, levelId: 'end', why: 'the ladder is at its end: a person decides' };
  const others = waits.filter((wait) => wait !== first);
  if (others.length === 0) return first;
  return { ...first, besides: others.map(({ levelId, until, why }) => ({ levelId, at: until, why })) };
}

/** What waits for news alone comes last. */
const byInstant = (left: Wait, right: Wait): number =>
  left.until === right.until
    ? 0
    : left.until === null
      ? 1
      : right.until === null
        ? -1
        : compareInstants(left.until, right.until);

/** A level that waits for more debt keeps no other from its day, but no harder bar goes before a bar. */
function levelsOf({ policy, steps, chasedInvoices, chasedMinor, facts, rounds }: CaseState) {
  const last = rounds.at(-1);
  const { ready, waiting } = sortLevels(
    policy.levels,
    (levelId) => steps.some((step) => step.levelId === levelId),
    {
      invoices: chasedInvoices,
      owedMinor: chasedMinor,
      currency: facts.currency,
      lastDecline: last?.state === 'declined' ? last.declineCode : null,
    },
  );
  const firstBar = waiting.find(({ level }) => barOf(level) !== null)?.level;
  const goesOn = (level: DunningLevel) =>
    firstBar === undefined || barOf(level) === null || level.daysOverdue < firstBar.daysOverdue;
  return { ready: ready.filter(goesOn), waiting };
}

/** A blocked bar does not keep a hand-over or a message behind it from its day, but no harder bar goes before it. */
function stepsOf(debt: CaseState): LadderStep[] {
  const taken = new Map<string, Instant>();
  for (const { levelId, at } of debt.steps) if (!taken.has(levelId)) taken.set(levelId, at);
  const state = { ...debt, oldestDueOn: debt.chasedDueOn ?? debt.openedOn, taken };
  const steps = stepsAhead(debt.policy, state);
  const firstBar = steps.findIndex(({ level }) => barOf(level) !== null);
  if (firstBar < 0) return steps;
  const before = steps.slice(0, firstBar + 1);
  const known = new Set(before.map(({ level }) => level.levelId));
  const levels = debt.policy.levels.filter((level) => taken.has(level.levelId) || barOf(level) === null);
  const behind = stepsAhead({ ...debt.policy, levels }, state);
  return [...before, ...behind.filter(({ level }) => !known.has(level.levelId))];
}

/** To end a service needs all that barring it does. */
export function barOf({ actions }: DunningLevel): 'barOutgoing' | 'suspended' | null {
  if (actions.some(({ kind }) => kind === 'terminate')) return 'suspended';
  const state = actions.find(({ kind }) => kind === 'restrict')?.state;
  return state === 'barOutgoing' || state === 'suspended' ? state : null;
}

export function barVerdict(debt: CaseState, level: DunningLevel): BarVerdict {
  const state = barOf(level);
  if (state === null) return { may: true };
  const delivered = debt.notices.flatMap(({ deliveredAt }) => deliveredAt ?? []).sort();
  const unproven = debt.notices.filter(
    ({ deliveredAt, askedAt }) => deliveredAt === null && askedAt !== debt.at,
  );
  return mayBar({
    ...debt,
    state,
    undisputedMinor: debt.chasedMinor,
    currency: debt.facts.currency,
    noticedAt: delivered[0] ?? null,
    announced: debt.notices.length > 0,
    unproven: unproven.map(({ key }) => key),
    outgoingBarredAt: debt.steps.find(({ what }) => what === 'restrict: barOutgoing')?.at ?? null,
    stepHour: debt.policy.stepHour,
  });
}

/** A retry that had nothing to charge is not repeated. */
function retryMove({ policy, openedAt, rounds, steps, zone, at }: CaseState): CollectionMove | null {
  if (!policy.retries) return null;
  const due = nextRetry(policy.retries, { openedAt, rounds, stepHour: policy.stepHour, zone });
  if (!due) return null;
  const levelId = `retry-${rounds.filter(({ ofCase }) => ofCase).length + 1}`;
  if (steps.some((step) => step.levelId === levelId)) return null;
  const level = { levelId, daysOverdue: 0, actions: [{ kind: 'retryPayment' as const }] };
  return compareInstants(due.at, at) <= 0
    ? { kind: 'take', level, why: due.why }
    : { kind: 'wait', until: due.at, levelId, why: due.why };
}
