import Stripe from 'stripe';
import { declinedOutcome } from '../declined-outcome';
import type {
  BookedCharge,
  CancelOutcome,
  CardDetails,
  ChargeOutcome,
  Finding,
  RefundOutcome,
} from '../payment-gateway';
import { minorOfStripe } from './stripe-amounts';
import { stripeDeclineCategory } from './stripe-decline-map';

type Intent = Stripe.PaymentIntent;
type Booked = Exclude<Finding, { state: 'notFound' | 'unavailable' }>;

/** The key that we gave, from the intent that carries it. */
export const keyOf = ({ metadata }: { metadata: Stripe.Metadata | null }): string =>
  metadata?.['tollkeeperKey'] ?? '';

const chargeOf = ({ latest_charge: charge }: Intent): Stripe.Charge | null =>
  charge !== null && typeof charge === 'object' ? charge : null;

const networkTransactionOf = (intent: Intent): string | null =>
  chargeOf(intent)?.payment_method_details?.card?.network_transaction_id ?? null;

function declinedBy(intent: Intent): Extract<ChargeOutcome, { state: 'declined' }> {
  const { last_payment_error: error } = intent;
  const risk = chargeOf(intent)?.outcome;
  // Radar's rules and its highest risk level refuse before any bank is asked.
  const code =
    risk?.type === 'blocked' ? 'highest_risk_level' : (error?.decline_code ?? error?.code ?? 'unspecified');
  // The scheme's own codes beside Stripe's are about the card of this error's method.
  const brand = error?.payment_method?.card?.brand ?? '';
  return declinedOutcome(code, stripeDeclineCategory(code), brand, {
    networkDeclineCode: error?.network_decline_code ?? null,
    adviceCode: error?.network_advice_code ?? null,
  });
}

const moneyOf = ({ amount, amount_received: received, currency }: Intent) => ({
  amountMinor: minorOfStripe(received > 0 ? received : amount, currency),
  currency: currency.toUpperCase(),
});

/** What we tell of a charge whose debt was paid otherwise. */
export const cancelledAs = 'duplicate';

/** What a charge has come to; `null` for a status in which no money can move any more or yet. */
export function outcomeOfIntent(intent: Intent): ChargeOutcome {
  switch (intent.status) {
    case 'succeeded':
      return {
        ...{ state: 'succeeded', gatewayId: intent.id, networkTransactionId: networkTransactionOf(intent) },
        booked: moneyOf(intent),
      };
    case 'processing':
    case 'requires_capture':
      return { state: 'pending', gatewayId: intent.id };
    case 'requires_action': {
      const url = intent.next_action?.redirect_to_url?.url;
      return url
        ? { state: 'requiresAction', actionUrl: url, gatewayId: intent.id }
        : { state: 'declined', declineCode: 'authentication_required', category: 'actionRequired' };
    }
    case 'canceled':
      // The reason that we give; anything else ended it for its own.
      return intent.cancellation_reason === cancelledAs ? { state: 'cancelled' } : declinedBy(intent);
    case 'requires_payment_method':
      return declinedBy(intent);
    case 'requires_confirmation':
      return { state: 'gatewayFailure', cause: intent.status };
    default:
      return { state: 'unknown', cause: `status ${String(intent.status)}` };
  }
}

/** What the books say of a charge that we ask for. */
export function findingOfIntent(intent: Intent): Booked | null {
  const outcome = outcomeOfIntent(intent);
  return outcome.state === 'succeeded' ||
    outcome.state === 'pending' ||
    outcome.state === 'declined' ||
    outcome.state === 'cancelled'
    ? outcome
    : null;
}

/** What became of a challenge that we wanted to end. */
export function outcomeOfCancel(intent: Intent): CancelOutcome {
  const finding = intent.status.startsWith('requires_') ? null : findingOfIntent(intent);
  return finding ?? { state: 'unavailable', cause: `status ${intent.status}` };
}

/** A payment intent that is over, paid or cancelled before, is refused and shown as it is. */
export function outcomeOfCancelError(error: unknown): CancelOutcome {
  if (error instanceof Stripe.errors.StripeInvalidRequestError && error.payment_intent)
    return outcomeOfCancel(error.payment_intent);
  return { state: 'unavailable', cause: error instanceof Error ? error.name : 'failed' };
}

const neverSentCodes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

const neverLeft = (error: Stripe.errors.StripeConnectionError): boolean => {
  const { code } = (error.detail ?? {}) as { code?: unknown };
  return typeof code === 'string' && neverSentCodes.includes(code);
};

/**
 * What an error of the SDK says of the money. Only a decline and a refusal before any work are certain; whatever may
 * have reached the books is unknown and asked for.
 */
export function outcomeOfError(error: unknown): ChargeOutcome {
  if (error instanceof Stripe.errors.StripeCardError) {
    const intent = error.payment_intent;
    if (intent) return declinedBy({ ...intent, last_payment_error: intent.last_payment_error ?? null });
    const code = error.decline_code ?? error.code ?? 'unspecified';
    return { state: 'declined', declineCode: code, category: stripeDeclineCategory(code) };
  }
  if (error instanceof Stripe.errors.StripeConnectionError)
    return neverLeft(error)
      ? { state: 'gatewayFailure', cause: 'unavailable' }
      : { state: 'unknown', cause: 'connection' };
  if (error instanceof Stripe.errors.StripeIdempotencyError) return { state: 'unknown', cause: 'keyReused' };
  if (error instanceof Stripe.errors.StripeRateLimitError)
    return { state: 'gatewayFailure', cause: 'rateLimit' };
  if (
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError
  ) {
    // 409: a request with the same key is still at work.
    return error.statusCode === 409
      ? { state: 'unknown', cause: 'keyInUse' }
      : { state: 'gatewayFailure', cause: `refused ${error.code ?? error.type}` };
  }
  return { state: 'unknown', cause: error instanceof Error ? error.name : 'failed' };
}

/** For good: the charge is gone, disputed, or given back already. */
const finalRefundCodes = [
  'charge_already_refunded',
  'charge_disputed',
  'resource_missing',
  'amount_too_large',
];

export function outcomeOfRefund({ id, status }: Stripe.Refund): RefundOutcome {
  if (status === 'succeeded') return { state: 'succeeded', gatewayId: id };
  if (status === 'failed' || status === 'canceled') return { state: 'refused', cause: status };
  return { state: 'unknown', cause: `refund ${status ?? 'without status'}` };
}

export function outcomeOfRefundError(error: unknown): RefundOutcome {
  if (error instanceof Stripe.errors.StripeInvalidRequestError && finalRefundCodes.includes(error.code ?? ''))
    return { state: 'refused', cause: error.code ?? '' };
  const outcome = outcomeOfError(error);
  return outcome.state === 'gatewayFailure'
    ? { state: 'unavailable', cause: outcome.cause }
    : { state: 'unknown', cause: 'cause' in outcome ? outcome.cause : outcome.state };
}

export const bookedOf = (intent: Intent): BookedCharge => ({
  gatewayId: intent.id,
  key: keyOf(intent),
  status:
    intent.status === 'succeeded'
      ? 'succeeded'
      : intent.status === 'processing' || intent.status === 'requires_capture'
        ? 'pending'
        : 'failed',
  ...moneyOf(intent),
});

/** What we keep of a method: never a number. */
export function detailsOf(method: Stripe.PaymentMethod): CardDetails | null {
  const details = instrumentOf(method);
  const customerId = idOf(method.customer ?? null);
  return details && { ...details, ...(customerId ? { customerId } : {}) };
}

export const idOf = (reference: string | { id: string } | null): string =>
  typeof reference === 'string' ? reference : (reference?.id ?? '');

/** Wallets of other makes are wallets to us as well. */
const walletKinds: Readonly<Record<string, CardDetails['kind']>> = {
  apple_pay: 'applePay',
  google_pay: 'googlePay',
};

/** The last digits in a wallet are the card's own; its fingerprint may be that of the device's number. */
function instrumentOf(method: Stripe.PaymentMethod): CardDetails | null {
  const { card, sepa_debit: sepa, us_bank_account: ach } = method;
  if (card) {
    const expiry = `${String(card.exp_year)}-${String(card.exp_month).padStart(2, '0')}`;
    const brand = card.wallet ? `${card.brand} (${card.wallet.type})` : card.brand;
    const kind = card.wallet ? (walletKinds[card.wallet.type] ?? 'wallet') : 'card';
    return { brand, last4: card.last4, expiry, fingerprint: card.fingerprint ?? method.id, kind };
  }
  if (sepa)
    return {
      kind: 'sepaDebit',
      brand: 'sepa debit',
      last4: sepa.last4 ?? '',
      expiry: '',
      fingerprint: sepa.fingerprint ?? method.id,
    };
  if (ach)
    return {
      kind: 'achDebit',
      brand: 'bank account',
      last4: ach.last4 ?? '',
      expiry: '',
      fingerprint: ach.fingerprint ?? method.id,
    };
  return null;
}
