import Stripe from 'stripe';
import type {
  CancelOutcome,
  CancelRequest,
  CardDetails,
  ChargeOutcome,
  ChargeRequest,
  Finding,
  FinishedSetup,
  PaymentGateway,
  RefundFinding,
  RefundOutcome,
  RefundRequest,
  SetupRequest,
} from '../payment-gateway';
import {
  bookedOf,
  cancelledAs,
  detailsOf,
  findingOfIntent,
  keyOf,
  outcomeOfCancel,
  outcomeOfCancelError,
  outcomeOfError,
  outcomeOfIntent,
  outcomeOfRefund,
  outcomeOfRefundError,
} from './stripe-answers';
import { stripeAmountOf } from './stripe-amounts';
import type { StripeClients } from './stripe-client';
import { methodTypeOf, setupOf } from './stripe-mandates';

const pageSize = 100;
/** Refunds of one payment that are looked through for ours. */
const mostRefunds = 100;

/** Nobody waits for it, and it is tried again. */
const cancelWithinMs = 5_000;

const hours = 3_600_000;

const isMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';

/**
 * Stripe by its official SDK: PaymentIntents that are confirmed at once, Refunds, tokens as PaymentMethods. Our key is
 * the idempotency key and stands in the metadata, by which a charge is found again. Debits are collected on Stripe's own
 * next day: a target date has to lie three days ahead. The original network transaction is kept with the method there.
 */
export class StripeGateway implements PaymentGateway {
  readonly name = 'stripe';
  /** The search index may lag behind the books by up to an hour in an outage (docs.stripe.com/search). */
  readonly booksWithinMs = hours;
  /** Keys are forgotten after 24 hours at the earliest (docs.stripe.com/api/idempotent_requests): an hour is left for the call. */
  readonly keyHoldsMs = 23 * hours;
  readonly keepsMandates = true;

  constructor(private readonly clients: StripeClients) {}

  async charge(request: ChargeRequest): Promise<ChargeOutcome> {
    const { tenantId, key, amountMinor, currency, token, customerId, initiator } = request;
    const amount = stripeAmountOf(amountMinor, currency);
    if (amount === null) return { state: 'gatewayFailure', cause: `noSuchAmount${currency}` };
    const returnUrl = initiator === 'customer' ? (request.returnUrl ?? this.clients.returnUrl) : undefined;
    try {
      const intent = await this.clients.of(tenantId).paymentIntents.create(
        {
          amount,
          currency: currency.toLowerCase(),
          payment_method: token,
          ...(customerId ? { customer: customerId } : {}),
          confirm: true,
          // Nobody is there to answer a challenge when we charge by ourselves.
          off_session: initiator !== 'customer',
          automatic_payment_methods: {
            enabled: true,
            // Stripe refuses a charge that may redirect and says nowhere to come back to.
            allow_redirects: returnUrl ? 'always' : 'never',
          },
          ...(returnUrl ? { return_url: returnUrl } : {}),
          metadata: { tollkeeperKey: key, tenantId },
          expand: ['latest_charge'],
        },
        { idempotencyKey: key },
      );
      return outcomeOfIntent(intent);
    } catch (error) {
      return outcomeOfError(error);
    }
  }

  /** Without an idempotency key: a kept refusal would hide for a day what the card holder does meanwhile. */
  async cancel({ tenantId, key, gatewayId }: CancelRequest): Promise<CancelOutcome> {
    try {
      const [waiting] = gatewayId === null ? await this.intentsOf(tenantId, key) : [{ id: gatewayId }];
      if (!waiting) return { state: 'unavailable', cause: 'notFound' };
      const intent = await this.clients
        .of(tenantId)
        .paymentIntents.cancel(
          waiting.id,
          { cancellation_reason: cancelledAs, expand: ['latest_charge'] },
          { timeout: cancelWithinMs, maxNetworkRetries: 0 },
        );
      return outcomeOfCancel(intent);
    } catch (error) {
      return outcomeOfCancelError(error);
    }
  }

  private async intentsOf(tenantId: string, key: string): Promise<Stripe.PaymentIntent[]> {
    const query = `metadata['tollkeeperKey']:'${key.replace(/['\\]/g, '\\$&')}'`;
    const { data } = await this.clients
      .of(tenantId)
      .paymentIntents.search({ query, expand: ['data.latest_charge'] });
    return data.filter((intent) => keyOf(intent) === key);
  }

  async lookUp(tenantId: string, key: string): Promise<Finding> {
    try {
      const ours = await this.intentsOf(tenantId, key);
      const paid = ours.find(({ status }) => status === 'succeeded') ?? ours[0];
      return (paid && findingOfIntent(paid)) ?? { state: 'notFound' };
    } catch (error) {
      return { state: 'unavailable', cause: error instanceof Error ? error.name : 'failed' };
    }
  }

  async refund(request: RefundRequest): Promise<RefundOutcome> {
    const { tenantId, key, gatewayId, amountMinor, currency, reason } = request;
    const amount = stripeAmountOf(amountMinor, currency);
    if (amount === null) return { state: 'refused', cause: `noSuchAmount${currency}` };
    try {
      const refund = await this.clients.of(tenantId).refunds.create(
        {
          payment_intent: gatewayId,
          amount,
          metadata: { tollkeeperKey: key, tenantId, reason },
        },
        { idempotencyKey: key },
      );
      return outcomeOfRefund(refund);
    } catch (error) {
      return outcomeOfRefundError(error);
    }
  }

  async lookUpRefund(tenantId: string, chargeId: string, key: string): Promise<RefundFinding> {
    try {
      const { data } = await this.clients
        .of(tenantId)
        .refunds.list({ payment_intent: chargeId, limit: mostRefunds });
      const refund = data.find((each) => keyOf(each) === key);
      if (!refund) return { state: 'notFound' };
      const outcome = outcomeOfRefund(refund);
      return outcome.state === 'succeeded'
        ? outcome
        : { state: 'unavailable', cause: `refund ${refund.status ?? ''}` };
    } catch (error) {
      return { state: 'unavailable', cause: error instanceof Error ? error.name : 'failed' };
    }
  }

  async listCharges(tenantId: string, startingAfter?: string) {
    const page = await this.clients
      .of(tenantId)
      .paymentIntents.list({ limit: pageSize, ...(startingAfter ? { starting_after: startingAfter } : {}) });
    return { charges: page.data.map(bookedOf), hasMore: page.has_more };
  }

  async describeToken(tenantId: string, token: string): Promise<CardDetails | null> {
    try {
      return detailsOf(await this.clients.of(tenantId).paymentMethods.retrieve(token));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** One customer an account; Stripe keeps a key for a day, and a second customer of a setup that was left costs nothing. */
  async beginSetup({ tenantId, accountId, kind, customerId }: SetupRequest) {
    const stripe = this.clients.of(tenantId);
    const metadata = { tollkeeperAccountId: accountId, tenantId };
    const idempotencyKey = `customer/${tenantId}/${accountId}`;
    const customer = customerId ?? (await stripe.customers.create({ metadata }, { idempotencyKey })).id;
    const intent = await stripe.setupIntents.create({
      ...{ customer, metadata, usage: 'off_session' },
      allowed_payment_method_types: [methodTypeOf(kind)],
    });
    return { setupId: intent.id, clientSecret: intent.client_secret ?? '' };
  }

  async finishedSetup(tenantId: string, setupId: string): Promise<FinishedSetup | null> {
    try {
      const expand = ['mandate'];
      return setupOf(await this.clients.of(tenantId).setupIntents.retrieve(setupId, { expand }));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** Stripe keeps its own clock: nothing is owed to a test clock. */
  async nextDueAt(): Promise<null> {
    return null;
  }

  async runDue(): Promise<void> {
    return undefined;
  }
}
