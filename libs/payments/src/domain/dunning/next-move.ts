import { addDuration, compareInstants, type Instant, type LocalDate } from '@tollkeeper/calendar';
import type { CollectionFacts, CollectionMove, DunningLevel, DunningPolicy } from '@tollkeeper/contracts';
import { formatMoney, money } from '@tollkeeper/money';
import { type BarVerdict, mayBar } from './bar-rules';
import { noEarlierThan, type Place } from './forbidden-days';
import { nextInstalment, type PaymentPlan, planLookAt } from './instalments';
import { type LadderStep, stepsAhead } from './ladder-steps';
import { type PromiseMade, promiseEndsAt } from './promises';
import { nextRetry, type RetryRound } from './retry-plan';

export interface CaseStep {
  levelId: string;
  what: string;
  at: Instant;
}

export interface CaseState extends Place {
  openedAt: Instant;
  openedOn: LocalDate;
  at: Instant;
  policy: DunningPolicy;
  steps: readonly CaseStep[];
  facts: CollectionFacts;
  /** What the ladder is for: owed, not disputed, in no plan. */
  chasedMinor: number;
  chasedDueOn: LocalDate | null;
  /** Below it nothing is chased; 0 for a case that a person opened. */
  minimumMinor: number;
  promise: PromiseMade | null;
  plan: { terms: PaymentPlan; owedMinor: number } | null;
  rounds: readonly RetryRound[];
  notices: readonly { key: string; deliveredAt: Instant | null; askedAt: Instant | null }[];
  /** When an invoice that is not overdue yet becomes so. */
  nextOverdueAt: Instant | null;
}

/** Its outcome wakes the case; this is for news that got lost. */
const attemptRecheckHours = 24;

/** What a case does now: the one place where it is decided. Wakes, holds and payments only make it look again. */
export function nextMove(debt: CaseState): CollectionMove {
  const { facts, chasedMinor, minimumMinor } = debt;
  if (facts.writtenOff) return { kind: 'close', outcome: 'writtenOff', restore: facts.restricted };
  const [disputed, planned] = [facts.disputedMinor ?? 0, facts.plannedMinor ?? 0];
  const nothingChased = chasedMinor < Math.max(1, minimumMinor);
  if (!facts.attemptOpen && nothingChased && disputed === 0 && planned === 0)
    return { kind: 'close', outcome: 'cured', restore: facts.restricted };
  const held = heldMove(debt);
  if (held) return held;
  const lift = liftMove(debt, nothingChased);
  if (lift) return lift;
  const plan = planMove(debt);
  if (plan && plan.kind !== 'wait') return plan;
  if (nothingChased)
    return (
      plan ?? { kind: 'wait', until: debt.nextOverdueAt, levelId: 'dispute', why: 'the rest is disputed' }
    );
  return earlierOf(ladderMove(debt), plan);
}

function heldMove({ facts, at, promise, policy }: CaseState): CollectionMove | null {
  const { hold, attemptOpen } = facts;
  if (hold && (hold.until === null || compareInstants(hold.until, at) > 0))
    return { kind: 'wait', until: hold.until, levelId: 'review', why: `on hold: ${hold.reason}` };
  if (promise?.state === 'open')
    return {
      kind: 'wait',
      until: promiseEndsAt(promise, policy.promises),
      levelId: 'review',
      why: 'the payer promised to pay',
    };
  if (!attemptOpen) return null;
  const until = addDuration(at, { hours: attemptRecheckHours });
  return { kind: 'wait', until, levelId: 'review', why: 'a payment is under way' };
}

type BarState = NonNullable<DunningLevel['actions'][number]['state']>;

/** The bar that stands, and the one that was lifted for a plan or a dispute. */
export function barsOf(steps: readonly CaseStep[]): {
  now: BarState | null;
  lifted: BarState | null;
  liftings: number;
} {
  const bars: ReturnType<typeof barsOf> = { now: null, lifted: null, liftings: 0 };
  for (const { what } of steps) {
    const state = /^restrict: (\w+)$/.exec(what)?.[1] as BarState | undefined;
    if (state) Object.assign(bars, { now: state, lifted: null });
    if (what.startsWith('lift:'))
      Object.assign(bars, { now: null, lifted: bars.now, liftings: bars.liftings + 1 });
  }
  return bars;
}

/** A bar needs a debt that is chased: a plan that is kept or a dispute of the rest takes it away, a default brings it back. */
function liftMove(
  { facts, steps, plan, at, policy, ...debt }: CaseState,
  nothingChased: boolean,
): CollectionMove | null {
  const { now, lifted, liftings } = barsOf(steps);
  const free = plan?.terms.state === 'active' ? plan.terms.restoreService && nothingChased : nothingChased;
  if (now && free && facts.restricted)
    return {
      kind: 'lift',
      levelId: `lift-${liftings + 1}`,
      why: plan?.terms.state === 'active' ? 'a payment plan is kept' : 'the rest is disputed',
    };
  if (!lifted || nothingChased) return null;
  const level = {
    levelId: `again-${liftings}`,
    daysOverdue: 0,
    actions: [{ kind: 'restrict' as const, state: lifted }],
  };
  const from = noEarlierThan(at, policy, debt);
  const why = 'the ground for lifting the bar is gone';
  return from > at
    ? { kind: 'wait', until: from, levelId: level.levelId, why }
    : { kind: 'take', level, why };
}

function planMove({ plan, steps, at, zone, facts }: CaseState): CollectionMove | null {
  if (plan?.terms.state !== 'active') return null;
  const next = nextInstalment(plan.terms, plan.owedMinor);
  if (!next) return null;
  const { instalment, missingMinor } = next;
  const levelId = `${plan.terms.planId}-${instalment.no}`;
  const charged = steps.some((step) => step.levelId === levelId);
  const until = planLookAt(plan.terms, instalment, { at, zone, charged });
  if (plan.terms.autoCharge && !charged && compareInstants(until, at) <= 0)
    return { kind: 'chargeInstalment', levelId, no: instalment.no };
  const amount = formatMoney(money(missingMinor, facts.currency));
  return {
    kind: 'wait',
    until,
    levelId,
    why: `instalment ${instalment.no} of ${amount} is due on ${instalment.dueOn}`,
  };
}

function earlierOf(move: CollectionMove, plan: CollectionMove | null): CollectionMove {
  if (move.kind !== 'wait' || plan?.kind !== 'wait' || plan.until === null) return move;
  return move.until === null || plan.until < move.until ? plan : move;
}

/** The next level, or the next charge between levels. A bar that the law does not allow yet waits, those behind it that bar nothing go on. */
function ladderMove(debt: CaseState): CollectionMove {
  const retry = retryMove(debt);
  if (retry?.kind === 'take') return retry;
  const waits: Extract<CollectionMove, { kind: 'wait' }>[] = retry?.kind === 'wait' ? [retry] : [];
  for (const step of stepsOf(debt)) {
    const { level, at, why } = step;
    if (compareInstants(at, debt.at) > 0) {
      waits.push({ kind: 'wait', until: at, levelId: level.levelId, why });
      break;
    }
    const verdict = barVerdict(debt, step);
    if (verdict.may === true) return { kind: 'take', level, why };
    if (verdict.may === 'prove') return { kind: 'prove', keys: [...verdict.keys] };
    waits.push({
      kind: 'wait',
      until: verdict.until ?? debt.nextOverdueAt,
      levelId: level.levelId,
      why: verdict.why,
    });
  }
  return soonest(waits);
}

const soonest = (waits: Extract<CollectionMove, { kind: 'wait' }>[]): CollectionMove => {
  const [first] = waits;
  if (!first) return { kind: 'wait', until: null, levelId: 'end', why: 'the ladder is at its end' };
  const until = waits.flatMap((wait) => wait.until ?? []).sort()[0] ?? null;
  return { ...first, until };
};

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

export function barOf({ actions }: DunningLevel): 'barOutgoing' | 'suspended' | null {
  const state = actions.find(({ kind }) => kind === 'restrict')?.state;
  return state === 'barOutgoing' || state === 'suspended' ? state : null;
}

function barVerdict(debt: CaseState, { level }: LadderStep): BarVerdict {
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
