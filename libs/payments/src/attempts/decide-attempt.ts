import { addDuration, type Instant } from '@tollkeeper/calendar';
import { type AttemptRow } from './attempt.schema';
import { isOpen } from '../domain/attempts/attempt-states';
import { nextLookUpAt, nextPendingLookUpAt } from '../domain/attempts/look-up-pauses';
import type { ChargeOutcome, Finding } from '../gateway/payment-gateway';
import { realNow } from '../gateway/real-time';

/** The gateway took something else than it was asked for: nobody but a person can say what that is. */
const otherAmount = 'otherAmount';

type Asked = Pick<AttemptRow, 'amountMinor' | 'currency'>;

export const isOtherAmount = (asked: Asked, outcome: ChargeOutcome | Finding): boolean =>
  outcome.state === 'succeeded' &&
  outcome.booked !== undefined &&
  (outcome.booked.amountMinor !== asked.amountMinor || outcome.booked.currency !== asked.currency);

export const asAsked = (asked: Asked, outcome: ChargeOutcome): ChargeOutcome =>
  isOtherAmount(asked, outcome) ? { state: 'unknown', cause: otherAmount } : outcome;

/** The attempt after an outcome that its state allows. */
export function decidedAttempt(before: AttemptRow, outcome: ChargeOutcome, at: Instant): AttemptRow {
  const paysPeriod = isOpen(outcome.state) || outcome.state === 'succeeded' ? before.paysPeriod : null;
  const asked = { nextLookUpAt: null, awaitsDecision: false };
  const attempt = { ...before, ...asked, paysPeriod, state: outcome.state, decidedAt: at };
  switch (outcome.state) {
    case 'succeeded': {
      const { gatewayId, networkTransactionId } = outcome;
      return { ...attempt, gatewayId, networkTransactionId };
    }
    case 'pending':
      return {
        ...attempt,
        gatewayId: outcome.gatewayId,
        decidedAt: null,
        nextLookUpAt: nextPendingLookUpAt(at),
      };
    case 'requiresAction':
      return { ...attempt, actionUrl: outcome.actionUrl, gatewayId: outcome.gatewayId ?? null };
    case 'cancelled':
      return { ...attempt, actionUrl: null };
    case 'declined':
      return {
        ...attempt,
        declineCode: outcome.declineCode,
        category: outcome.category,
        ...(outcome.isFinal ? { isFinal: true } : {}),
        ...(outcome.waitHours ? { notBefore: addDuration(at, { hours: outcome.waitHours }) } : {}),
      };
    case 'gatewayFailure':
      return { ...attempt, cause: outcome.cause };
    case 'unknown':
      if (outcome.cause === otherAmount)
        return { ...attempt, cause: outcome.cause, decidedAt: null, awaitsDecision: true };
      // Until now it may have been on its way: the gateway's own time-out counts from here, in real time.
      return {
        ...attempt,
        cause: outcome.cause,
        decidedAt: null,
        lookUps: 0,
        nextLookUpAt: nextLookUpAt(at, 0),
        sentAt: realNow(),
      };
  }
}
