import type Stripe from 'stripe';
import type { FinishedSetup, GatewayMandate, SetupRequest } from '../payment-gateway';
import { idOf } from './stripe-answers';

/** A status that we do not know holds nothing. */
const statuses: Readonly<Record<string, GatewayMandate['status']>> = { active: 'active', pending: 'pending' };

const secondMs = 1_000;

export function mandateOf({
  id: gatewayMandateId,
  status,
  payment_method_details: details,
  customer_acceptance: { accepted_at: acceptedAt },
}: Stripe.Mandate): GatewayMandate {
  return {
    gatewayMandateId,
    // Only SEPA shows the payer a reference; a debit through the ACH network is known by its account alone.
    reference: details.sepa_debit?.reference ?? null,
    status: statuses[status] ?? 'inactive',
    acceptedAt: acceptedAt === null ? null : new Date(acceptedAt * secondMs).toISOString(),
  };
}

/** Whose setup it is stands in the metadata that we gave it. */
export function setupOf(intent: Stripe.SetupIntent): FinishedSetup {
  const { status, payment_method: method, mandate, metadata } = intent;
  return {
    accountId: metadata?.['tollkeeperAccountId'] ?? '',
    token: status === 'succeeded' && method !== null ? idOf(method) : null,
    mandate: mandate !== null && typeof mandate === 'object' ? mandateOf(mandate) : null,
  };
}

/** Wallets are cards to Stripe. */
export const methodTypeOf = (kind: SetupRequest['kind']) =>
  (({ card: 'card', sepaDebit: 'sepa_debit', achDebit: 'us_bank_account' }) as const)[kind];
