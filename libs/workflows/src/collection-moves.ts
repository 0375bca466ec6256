import { compareInstants, type Instant } from '@tollkeeper/calendar';
import {
  collection as definition,
  type CollectionInput,
  type CollectionLook,
  type CollectionMove,
  type CollectionOutcome,
  type CollectionProgress,
  collectionProgress,
  collectionSignals,
  type DunningAction,
  type DunningLevel,
} from '@tollkeeper/contracts';
import { patched } from '@temporalio/workflow';
import type { collection } from './collection';
import { historyIsLong } from './history-length';
import { customers, invoicing, notifications, payments } from './services';
import { carryOn, show } from './show';
import { carriedTime, keepTime, now, onSignal, until } from './until';

/** The ladders of thousands of accounts have a step at the same hour: a payment that ends one of them must not queue. */
const spreadMinutes = 15;

const openCharges = ['retryPayment: unknown', 'retryPayment: pending'];

/** Payments decides each move from its rows, so that nothing of a case lies in the process alone. */
export async function collectByMoves(input: CollectionInput): Promise<CollectionOutcome> {
  return keepTime(input, definition.rank, async () => {
    const { tenantId, accountId, caseId } = input;
    let look: CollectionLook | null = null;
    let closed = false;
    let news = 0;

    for (const signal of Object.values(collectionSignals)) onSignal(signal, () => void news++);
    show(collectionProgress, () => ({
      caseId,
      status: statusOf(look, closed, now()),
      facts: look?.facts ?? null,
      taken: look?.taken ?? [],
      next: closed ? null : nextOf(look?.move),
      ...(!closed && look?.move.kind === 'wait' && look.move.besides ? { putOff: look.move.besides } : {}),
    }));

    while (!historyIsLong()) {
      const heard = news;
      look = await payments.nextCollectionMove({ tenantId, caseId, at: now() });
      const outcome = await make(look.move, () => news > heard);
      if (outcome) return outcome;
    }
    return carryOn<typeof collection>({ ...input, ...carriedTime() });

    async function make(move: CollectionMove, orNews: () => boolean): Promise<CollectionOutcome | null> {
      switch (move.kind) {
        case 'close':
          return close(move.outcome, move.restore);
        case 'wait':
          await until(move.until, orNews, { spreadMinutes });
          return null;
        case 'take':
          return takeLevel(move.level);
        case 'prove':
          await prove(move.keys);
          return null;
        case 'lift':
          await restrict('active', move.levelId, move.why);
          await record(move.levelId, `lift: ${move.why}`, false);
          return null;
        case 'chargeInstalment': {
          const { state } = await payments.chargeInstalment({ tenantId, caseId, no: move.no, at: now() });
          await record(move.levelId, `chargeInstalment: ${state}`);
          return null;
        }
      }
    }

    async function prove(keys: string[]): Promise<void> {
      const { messages } = await notifications.messageStates({ tenantId, keys });
      const known = new Map(messages.map((message) => [message.key, message]));
      const notices = keys.map((key) => known.get(key) ?? { key, state: 'unknown', deliveredAt: null });
      await payments.recordNotices({ tenantId, caseId, at: now(), notices });
    }

    async function takeLevel({ levelId, actions }: DunningLevel): Promise<CollectionOutcome | null> {
      for (const [place, action] of actions.entries()) {
        // Data that no policy had when older histories were written: no patch is needed.
        if (action.acceleratesDevicePlans) await accelerate(levelId);
        const { what, restricted } = await take(levelId, action);
        await record(levelId, what, restricted);
        if (action.kind === 'handOver') return close('handedOver', false);
        if (action.kind === 'writeOff') return close('writtenOff', look?.facts.restricted ?? false);
        if (what === 'retryPayment: succeeded') return null;
        const holdsBack = openCharges.includes(what) && place < actions.length - 1;
        if (holdsBack && patched('open-charge-first') && (await isPaidAfterAll(levelId))) return null;
      }
      return null;
    }

    /** Money that may be on its way: nobody is written to or barred for it until its outcome is known, or in a hold. */
    async function isPaidAfterAll(levelId: string): Promise<boolean> {
      for (;;) {
        const heard = news;
        look = await payments.nextCollectionMove({ tenantId, caseId, at: now() });
        const { move } = look;
        if (move.kind === 'close') return true;
        if (move.kind !== 'wait' || move.levelId !== 'review') break;
        await until(move.until, () => news > heard, { spreadMinutes });
      }
      const { state } = await payments.retryCollection({ tenantId, caseId, levelId, at: now() });
      return state === 'succeeded';
    }

    async function take(
      levelId: string,
      action: DunningAction,
    ): Promise<{ what: string; restricted?: boolean }> {
      switch (action.kind) {
        case 'retryPayment': {
          const { state } = await payments.retryCollection({ tenantId, caseId, levelId, at: now() });
          return { what: `retryPayment: ${state}` };
        }
        case 'sendMessage': {
          const { template = 'reminder1', channel, notice } = action;
          const message = { template, channel, notice };
          await payments.requestDunningMessage({ tenantId, caseId, levelId, ...message, at: now() });
          return { what: `sendMessage: ${template}` };
        }
        case 'restrict': {
          const state = action.state ?? 'barOutgoing';
          await restrict(state, levelId, 'overdue');
          return { what: `restrict: ${state}`, restricted: true };
        }
        case 'lateFee':
          return { what: `lateFee: ${await chargeLateFees(levelId, action)}` };
        case 'terminate': {
          const key = `${caseId}/${levelId}`;
          await customers.terminateAccount({ tenantId, accountId, key, reason: 'overdue', at: now() });
          return { what: 'terminate', restricted: false };
        }
        default:
          return { what: action.kind };
      }
    }

    async function accelerate(levelId: string): Promise<void> {
      const { accelerated, leftAlone } = await invoicing.accelerateDevicePlans({
        tenantId,
        accountId,
        at: now(),
      });
      if (accelerated.length + leftAlone.length === 0) return;
      const why = leftAlone.length === 0 ? '' : `, ${leftAlone.length} left alone: ${leftAlone[0]?.why}`;
      await record(levelId, `accelerate: ${accelerated.length} plans${why}`);
    }

    async function chargeLateFees(levelId: string, { fee }: DunningAction): Promise<string> {
      if (!fee) return 'none';
      const { entries } = await payments.assessLateFees({ tenantId, caseId, levelId, fee, at: now() });
      if (entries.length === 0) return 'none';
      const { postedKeys } = await invoicing.postCollectionEntries({ tenantId, at: now(), entries });
      await payments.recordLateFees({ tenantId, caseId, levelId, postedKeys, at: now() });
      return `${postedKeys.length} posted`;
    }

    async function restrict(
      state: 'active' | 'throttled' | 'barOutgoing' | 'suspended',
      step: string,
      reason: string,
    ): Promise<void> {
      const key = `${caseId}/${step}`;
      await customers.restrictAccount({ tenantId, accountId, state, key, reason, at: now() });
    }

    function record(levelId: string, what: string, restricted?: boolean): Promise<void> {
      return payments.recordStep({ tenantId, caseId, levelId, what, at: now(), restricted });
    }

    async function close(outcome: CollectionOutcome, restore: boolean): Promise<CollectionOutcome> {
      if (outcome === 'writtenOff') {
        const { entries } = await payments.debtsToWriteOff({ tenantId, caseId, at: now() });
        if (entries.length > 0) await invoicing.postCollectionEntries({ tenantId, at: now(), entries });
      }
      if (restore) await restrict('active', 'restore', outcome);
      await payments.closeCollection({ tenantId, caseId, outcome, at: now() });
      closed = true;
      return outcome;
    }
  });
}

function nextOf(move: CollectionMove | undefined): CollectionProgress['next'] {
  if (move?.kind !== 'wait') return null;
  const { levelId, until: at, why } = move;
  return { levelId, at, why };
}

function statusOf(look: CollectionLook | null, closed: boolean, at: Instant): CollectionProgress['status'] {
  if (closed) return 'closed';
  const { hold, promise } = look?.facts ?? {};
  if (hold && (hold.until === null || compareInstants(hold.until, at) > 0)) return 'onHold';
  if (promise) return 'promised';
  return (look?.facts.plannedMinor ?? 0) > 0 ? 'plan' : 'open';
}
