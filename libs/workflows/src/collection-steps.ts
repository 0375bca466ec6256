import { addDuration, compareInstants, type Instant } from '@tollkeeper/calendar';
import {
  collection as definition,
  type CollectionFacts,
  type CollectionInput,
  type CollectionOutcome,
  type CollectionProgress,
  collectionProgress,
  collectionSignals,
  type DunningAction,
  type DunningLevel,
} from '@tollkeeper/contracts';
import { historyIsLong } from './history-length';
import { customers, payments } from './services';
import { carryOn, show } from './show';
import { carriedTime, keepTime, now, onSignal, until } from './until';

/** While an attempt's outcome is open no step is taken; looked at again after this if nobody says so before. */
const attemptRecheckHours = 6;
/** Steps that a hold or an outage made late are not taken all at once: the payer has a day for each. */
const hoursBetweenLateSteps = 24;

/** Cases that were opened before payments decided each move: they end as they began. */
export async function collectBySteps(input: CollectionInput): Promise<CollectionOutcome> {
  return keepTime(input, definition.rank, async () => {
    const { tenantId, accountId, caseId, policy } = input;
    const taken: { levelId: string; at: Instant }[] = (input.taken ?? []).map((levelId) => ({
      levelId,
      at: input.at,
    }));
    let restricted = input.restricted ?? false;
    let facts: CollectionFacts | null = null;
    let next: CollectionProgress['next'] = null;
    let closed = false;
    let news = 0;

    for (const signal of Object.values(collectionSignals)) onSignal(signal, () => void news++);
    show(collectionProgress, () => ({
      caseId,
      status: statusOf(facts, closed, now()),
      facts,
      taken,
      next,
    }));

    while (!historyIsLong()) {
      const heard = news;
      const orNews = (): boolean => news > heard;
      facts = await payments.loadCollection({ tenantId, caseId, at: now() });
      restricted ||= facts.restricted;
      if (facts.writtenOff) return close('writtenOff');
      if (facts.openMinor === 0 && !facts.attemptOpen) return close('cured');
      const wait = waitOf(facts, now());
      if (wait) {
        next = wait.until ? { levelId: 'review', at: wait.until, why: wait.why } : null;
        await until(wait.until, orNews);
        continue;
      }
      const step = await nextStep(facts);
      if (!step) {
        next = null;
        await until(null, orNews);
        continue;
      }
      next = {
        levelId: step.level.levelId,
        at: step.at,
        why: `${step.level.daysOverdue} days after ${facts.oldestDueOn}`,
      };
      if (compareInstants(step.at, now()) > 0) {
        await until(step.at, orNews);
        continue;
      }
      const outcome = await takeLevel(step.level);
      taken.push({ levelId: step.level.levelId, at: now() });
      if (outcome) return close(outcome);
    }
    return carryOn<typeof collectBySteps>({
      ...input,
      ...carriedTime(),
      taken: taken.map(({ levelId }) => levelId),
      restricted,
    });

    async function nextStep({
      oldestDueOn,
    }: CollectionFacts): Promise<{ level: DunningLevel; at: Instant } | null> {
      const level = policy.levels.find(({ levelId }) => !taken.some((step) => step.levelId === levelId));
      if (!level || oldestDueOn === null) return null;
      const { steps } = await payments.scheduleSteps({ tenantId, caseId, policy, oldestDueOn });
      const planned = steps.find(({ levelId }) => levelId === level.levelId)?.at ?? now();
      const last = taken.at(-1);
      const earliest =
        last && compareInstants(planned, now()) < 0
          ? addDuration(last.at, { hours: hoursBetweenLateSteps })
          : planned;
      return { level, at: compareInstants(earliest, planned) > 0 ? earliest : planned };
    }

    async function takeLevel({ levelId, actions }: DunningLevel): Promise<CollectionOutcome | null> {
      for (const action of actions) {
        const what = await take(levelId, action);
        await payments.recordStep({
          tenantId,
          caseId,
          levelId,
          what,
          at: now(),
          restricted: restricted || undefined,
        });
        if (action.kind === 'handOver') return 'handedOver';
        if (what === 'retryPayment: succeeded') return null;
      }
      return null;
    }

    async function take(levelId: string, action: DunningAction): Promise<string> {
      if (action.kind === 'retryPayment') {
        const { state } = await payments.retryCollection({ tenantId, caseId, levelId, at: now() });
        return `retryPayment: ${state}`;
      }
      if (action.kind === 'sendMessage') {
        const template = action.template ?? 'reminder1';
        await payments.requestDunningMessage({ tenantId, caseId, levelId, template, at: now() });
        return `sendMessage: ${template}`;
      }
      if (action.kind === 'restrict') {
        const state = action.state ?? 'barOutgoing';
        await customers.restrictAccount({
          tenantId,
          accountId,
          state,
          key: `${caseId}/${levelId}`,
          reason: 'overdue',
          at: now(),
        });
        restricted = true;
        return `restrict: ${state}`;
      }
      return action.kind;
    }

    async function close(outcome: CollectionOutcome): Promise<CollectionOutcome> {
      if (restricted && outcome !== 'handedOver') {
        await customers.restrictAccount({
          tenantId,
          accountId,
          state: 'active',
          key: `${caseId}/restore`,
          reason: outcome,
          at: now(),
        });
      }
      await payments.closeCollection({ tenantId, caseId, outcome, at: now() });
      closed = true;
      return outcome;
    }
  });
}

/** Why no step may be taken now, and when to look again; a hold without an end waits for its release. */
function waitOf(
  { hold, promise, attemptOpen }: CollectionFacts,
  at: Instant,
): { until: Instant | null; why: string } | null {
  if (hold && hold.until === null) return { until: null, why: `on hold: ${hold.reason}` };
  if (hold?.until && compareInstants(hold.until, at) > 0)
    return { until: hold.until, why: `on hold: ${hold.reason}` };
  if (promise && compareInstants(promise.until, at) > 0)
    return { until: promise.until, why: 'the payer promised to pay' };
  if (attemptOpen)
    return { until: addDuration(at, { hours: attemptRecheckHours }), why: 'a payment is under way' };
  return null;
}

function statusOf(facts: CollectionFacts | null, closed: boolean, at: Instant): CollectionProgress['status'] {
  if (closed) return 'closed';
  if (facts?.hold && (facts.hold.until === null || compareInstants(facts.hold.until, at) > 0))
    return 'onHold';
  if (facts?.promise && compareInstants(facts.promise.until, at) > 0) return 'promised';
  return 'open';
}
