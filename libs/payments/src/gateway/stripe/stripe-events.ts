import Stripe from 'stripe';
import type { GatewayEvent } from '../payment-gateway';
import { detailsOf, findingOfIntent, idOf, keyOf } from './stripe-answers';
import { minorOfStripe } from './stripe-amounts';
import { mandateOf } from './stripe-mandates';

/** Real time: an older signature may be a replay. */
const toleranceSeconds = 300;

/** Over the bytes as they came: nothing of them is read before one of the secrets has signed them. */
export function signedEvent(body: Buffer, header: string, secrets: readonly string[]): Stripe.Event | null {
  for (const secret of secrets) {
    try {
      return Stripe.webhooks.constructEvent(body, header, secret, toleranceSeconds);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
    }
  }
  return null;
}

const instantOf = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** What an event means to us; events of other kinds are acknowledged and left alone. */
export function eventOf(event: Stripe.Event): GatewayEvent {
  switch (event.type) {
    case 'payment_intent.succeeded':
    case 'payment_intent.processing':
    case 'payment_intent.payment_failed':
    case 'payment_intent.canceled': {
      const intent = event.data.object;
      const finding = findingOfIntent(intent);
      return finding && keyOf(intent) !== ''
        ? { kind: 'charge', key: keyOf(intent), finding }
        : { kind: 'ignored', type: event.type };
    }
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.closed':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated':
      return disputeOf(event.data.object);
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed': {
      const refund = event.data.object;
      const failed = refund.status === 'failed' || refund.status === 'canceled';
      if (keyOf(refund) === '' || (!failed && refund.status !== 'succeeded'))
        return { kind: 'ignored', type: event.type };
      return {
        kind: 'refund',
        key: keyOf(refund),
        gatewayId: refund.id,
        state: failed ? 'failed' : 'succeeded',
      };
    }
    case 'payment_method.automatically_updated':
    case 'payment_method.updated': {
      const card = detailsOf(event.data.object);
      return card
        ? { kind: 'methodUpdated', token: event.data.object.id, card }
        : { kind: 'ignored', type: event.type };
    }
    case 'mandate.updated': {
      const mandate = event.data.object;
      const { gatewayMandateId, reference, status } = mandateOf(mandate);
      const token = idOf(mandate.payment_method);
      return status === 'inactive'
        ? { kind: 'mandateEnded', token, gatewayMandateId, reference }
        : { kind: 'ignored', type: event.type };
    }
    default:
      return { kind: 'ignored', type: event.type };
  }
}

function disputeOf(dispute: Stripe.Dispute): GatewayEvent {
  const {
    id,
    amount,
    currency,
    reason,
    status,
    payment_intent: intent,
    evidence_details: evidence,
  } = dispute;
  const state = stateOf(status);
  return {
    kind: 'dispute',
    disputeId: id,
    gatewayId: idOf(intent),
    amountMinor: minorOfStripe(amount, currency),
    currency: currency.toUpperCase(),
    reason,
    state,
    // An inquiry takes no money yet.
    fundsWithdrawn: !status.startsWith('warning_'),
    respondBy: evidence.due_by === null ? null : instantOf(evidence.due_by),
  };
}

/** An inquiry that was closed came to nothing: the payer's bank did not take the money. */
function stateOf(status: string): 'opened' | 'won' | 'lost' {
  if (status === 'lost') return 'lost';
  return status === 'won' || status === 'warning_closed' ? 'won' : 'opened';
}
