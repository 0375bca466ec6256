import { addDuration, compareInstants, localDateOf } from '@tollkeeper/calendar';
import type { CollectionFacts, CollectionMove } from '@tollkeeper/contracts';
import { formatMoney, money } from '@tollkeeper/money';
import type { CaseState } from './case-state';
import { noEarlierThan } from './forbidden-days';
import { nextInstalment, planLookAt } from './instalments';
import { barVerdict, ladderMove } from './ladder-move';
import { promiseEndsAt } from './promises';
import { barsOf } from './standing-bars';

/** Its outcome wakes the case; this is for news that got lost. */
const attemptRecheckHours = 24;

/** What a case does now: the one place where it is decided. Wakes, holds and payments only make it look again. */
export function nextMove(debt: CaseState): CollectionMove {
  const { facts, chasedMinor, minimumMinor } = debt;
  if (facts.writtenOff) return { kind: 'close', outcome: 'writtenOff', restore: facts.restricted };
  const [disputed, planned] = [facts.disputedMinor ?? 0, facts.plannedMinor ?? 0];
  const nothingChased = chasedMinor < Math.max(1, minimumMinor);
  if (!facts.attemptOpen && nothingChased && disputed === 0 && planned === 0)
    return notDueYet(debt) ?? { kind: 'close', outcome: 'cured', restore: facts.restricted };
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

/** The tenant's morning comes before the account's: what is overdue there is still due today here. */
function notDueYet({
  steps,
  facts,
  nextDueOn,
  openedOn,
  nextOverdueAt,
  zone,
}: CaseState): CollectionMove | null {
  if (nextDueOn !== openedOn || steps.length > 0 || facts.restricted) return null;
  return {
    kind: 'wait',
    until: nextOverdueAt,
    levelId: 'review',
    why: `${nextDueOn} is not over in ${zone}`,
  };
}

function heldMove({ facts, at, promise, policy, zone }: CaseState): CollectionMove | null {
  const { hold, attemptOpen } = facts;
  if (hold && (hold.until === null || compareInstants(hold.until, at) > 0))
    return { kind: 'wait', until: hold.until, levelId: 'review', why: `on hold: ${hold.reason}` };
  const promisedUntil = promise?.state === 'open' ? promiseEndsAt(promise, policy.promises) : null;
  // Its time may be over while its money is on its way.
  if (promise && promisedUntil && compareInstants(promisedUntil, at) > 0)
    return {
      kind: 'wait',
      until: promisedUntil,
      levelId: 'review',
      why: `the payer promised ${moneyText(promise.amountMinor, facts)} by ${localDateOf(promise.until, zone)}`,
    };
  if (!attemptOpen) return null;
  const until = addDuration(at, { hours: attemptRecheckHours });
  return { kind: 'wait', until, levelId: 'review', why: 'a payment is under way' };
}

const moneyText = (minor: number, { currency }: CollectionFacts): string =>
  formatMoney(money(minor, currency));

/** A bar needs a debt that is chased: a plan that is kept or a dispute of the rest takes it away, a default brings it back. */
function liftMove(debt: CaseState, nothingChased: boolean): CollectionMove | null {
  const { facts, steps, plan, at, policy } = debt;
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
  if (from > at) return { kind: 'wait', until: from, levelId: level.levelId, why };
  const verdict = barVerdict(debt, level);
  // What the law forbids now keeps nothing else from its day: the ladder goes on without a bar.
  if (verdict.may === false) return null;
  return verdict.may === true ? { kind: 'take', level, why } : { kind: 'prove', keys: [...verdict.keys] };
}

function planMove({ plan, steps, at, zone, facts }: CaseState): CollectionMove | null {
  if (plan?.terms.state !== 'active') return null;
  const next = nextInstalment(plan.terms, plan);
  if (!next) return null;
  const { instalment, missingMinor } = next;
  const levelId = `${plan.terms.planId}-${instalment.no}`;
  const charged = steps.some((step) => step.levelId === levelId);
  const until = planLookAt(plan.terms, instalment, { at, zone, charged });
  if (plan.terms.autoCharge && !charged && compareInstants(until, at) <= 0)
    return { kind: 'chargeInstalment', levelId, no: instalment.no };
  return {
    kind: 'wait',
    until,
    levelId,
    why: `instalment ${instalment.no} of ${moneyText(missingMinor, facts)} is due on ${instalment.dueOn}`,
  };
}

function earlierOf(move: CollectionMove, plan: CollectionMove | null): CollectionMove {
  if (move.kind !== 'wait' || plan?.kind !== 'wait' || plan.until === null) return move;
  return move.until === null || plan.until < move.until ? plan : move;
}
