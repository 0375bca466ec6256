import Stripe from 'stripe';
import {
  bookedOf,
  detailsOf,
  findingOfIntent,
  outcomeOfCancel,
  outcomeOfCancelError,
  outcomeOfError,
  outcomeOfIntent,
  outcomeOfRefund,
  outcomeOfRefundError,
} from './stripe-answers';

/** As the API answers, cut to what we read. */
const intent = (change: object = {}): Stripe.PaymentIntent =>
  ({
    id: 'pi_1',
    object: 'payment_intent',
    amount: 1299,
    amount_received: 0,
    currency: 'usd',
    status: 'succeeded',
    latest_charge: null,
    last_payment_error: null,
    next_action: null,
    metadata: { tollkeeperKey: 'inv_1/due/1' },
    ...change,
  }) as object as Stripe.PaymentIntent;

const paidCard = {
  id: 'ch_1',
  payment_method_details: { card: { network_transaction_id: 'NTX1' } },
  outcome: { type: 'authorized' },
};
const refused = (decline_code: string) => ({
  status: 'requires_payment_method',
  last_payment_error: { type: 'card_error', code: 'card_declined', decline_code },
});

it.each<[string, object, object]>([
  [
    'paid',
    { latest_charge: paidCard },
    { state: 'succeeded', gatewayId: 'pi_1', networkTransactionId: 'NTX1' },
  ],
  ['a bank debit on its way', { status: 'processing' }, { state: 'pending', gatewayId: 'pi_1' }],
  [
    'a challenge',
    { status: 'requires_action', next_action: { redirect_to_url: { url: 'https://hooks/3ds' } } },
    { state: 'requiresAction', actionUrl: 'https://hooks/3ds', gatewayId: 'pi_1' },
  ],
  [
    'a challenge without a link',
    { status: 'requires_action' },
    { state: 'declined', category: 'actionRequired' },
  ],
  ['cancelled by us', { status: 'canceled', cancellation_reason: 'duplicate' }, { state: 'cancelled' }],
  [
    'left by its payer',
    { status: 'canceled', cancellation_reason: 'abandoned' },
    { state: 'declined', category: 'soft' },
  ],
  ['no money', refused('insufficient_funds'), { state: 'declined', category: 'soft' }],
  ['stolen', refused('stolen_card'), { state: 'declined', category: 'hard' }],
  ['fraud', refused('fraudulent'), { state: 'declined', category: 'fraud' }],
  ['no further try', refused('do_not_try_again'), { state: 'declined', category: 'hard' }],
  [
    'the payer is asked for',
    refused('authentication_required'),
    { state: 'declined', category: 'actionRequired' },
  ],
  [
    'refused for good by the scheme',
    {
      status: 'requires_payment_method',
      last_payment_error: {
        ...{ type: 'card_error', code: 'card_declined', decline_code: 'do_not_honor' },
        ...{ network_advice_code: '03', payment_method: { card: { brand: 'mastercard' } } },
      },
    },
    { state: 'declined', category: 'soft', isFinal: true },
  ],
  ['a code that we do not know', refused('new_in_2027'), { state: 'declined', category: 'soft' }],
  [
    'blocked by Radar',
    { ...refused('generic_decline'), latest_charge: { ...paidCard, outcome: { type: 'blocked' } } },
    { state: 'declined', declineCode: 'highest_risk_level', category: 'fraud' },
  ],
  ['a status that is new', { status: 'requires_patience' }, { state: 'unknown' }],
])('%s', (_, change, outcome) => {
  expect(outcomeOfIntent(intent(change))).toMatchObject(outcome);
});

it('a question about a charge that waits for its payer stays open', () => {
  const waiting = {
    status: 'requires_action',
    next_action: { redirect_to_url: { url: 'https://hooks/3ds' } },
  };
  expect(findingOfIntent(intent(waiting))).toBeNull();
});

const connection = (code: string) =>
  new Stripe.errors.StripeConnectionError({ message: 'no', detail: { code } as never, type: 'api_error' });
const invalid = (code: string, statusCode = 400) =>
  new Stripe.errors.StripeInvalidRequestError({
    message: 'no',
    code,
    statusCode,
    type: 'invalid_request_error',
  });

it.each<[string, unknown, object]>([
  ['nothing left us', connection('ECONNREFUSED'), { state: 'gatewayFailure' }],
  ['the answer got lost', connection('ECONNRESET'), { state: 'unknown' }],
  ['a request that makes no sense', invalid('parameter_missing'), { state: 'gatewayFailure' }],
  ['the same key is still at work', invalid('idempotency_key_in_use', 409), { state: 'unknown' }],
  [
    'the key came with another request',
    new Stripe.errors.StripeIdempotencyError({ message: 'no', type: 'idempotency_error' }),
    { state: 'unknown', cause: 'keyReused' },
  ],
  [
    'too many requests',
    new Stripe.errors.StripeRateLimitError({ message: 'no', type: 'rate_limit_error' }),
    { state: 'gatewayFailure' },
  ],
  [
    'a fault on their side',
    new Stripe.errors.StripeAPIError({ message: 'no', type: 'api_error' }),
    { state: 'unknown' },
  ],
  ['anything else', new Error('boom'), { state: 'unknown' }],
])('%s', (_, error, outcome) => {
  expect(outcomeOfError(error)).toMatchObject(outcome);
});

it('a refund is made, on its way, or refused for good', () => {
  const refund = (status: string) => outcomeOfRefund({ id: 're_1', status } as Stripe.Refund);
  expect(refund('succeeded')).toEqual({ state: 'succeeded', gatewayId: 're_1' });
  expect(refund('pending')).toMatchObject({ state: 'unknown' });
  expect(refund('failed')).toMatchObject({ state: 'refused' });
  expect(outcomeOfRefundError(invalid('charge_already_refunded'))).toMatchObject({ state: 'refused' });
  expect(outcomeOfRefundError(connection('ECONNREFUSED'))).toMatchObject({ state: 'unavailable' });
  expect(outcomeOfRefundError(connection('ETIMEDOUT'))).toMatchObject({ state: 'unknown' });
});

it('the books show what was received under our key', () => {
  expect(bookedOf(intent({ amount_received: 1299 }))).toEqual({
    ...{ gatewayId: 'pi_1', key: 'inv_1/due/1', status: 'succeeded' },
    ...{ amountMinor: 1299, currency: 'USD' },
  });
});

it.each<[string, object, object | null]>([
  [
    'a card',
    { card: { brand: 'visa', last4: '4242', exp_month: 4, exp_year: 2028, fingerprint: 'fp', wallet: null } },
    { brand: 'visa', last4: '4242', expiry: '2028-04', fingerprint: 'fp' },
  ],
  [
    'a card in a wallet',
    {
      card: {
        brand: 'visa',
        last4: '4242',
        exp_month: 4,
        exp_year: 2028,
        fingerprint: 'fp',
        wallet: { type: 'apple_pay' },
      },
    },
    { brand: 'visa (apple_pay)', kind: 'applePay' },
  ],
  [
    'a wallet of another make',
    {
      customer: 'cus_1',
      card: {
        ...{ brand: 'visa', last4: '4242', exp_month: 4, exp_year: 2028, fingerprint: 'fd' },
        wallet: { type: 'samsung_pay', dynamic_last4: '9911' },
      },
    },
    { kind: 'wallet', last4: '4242', fingerprint: 'fd', customerId: 'cus_1' },
  ],
  [
    'a bank account',
    { sepa_debit: { last4: '3000', fingerprint: 'fs' } },
    { brand: 'sepa debit', last4: '3000', kind: 'sepaDebit' },
  ],
  ['a method that we do not take', { klarna: {} }, null],
])('%s is described without its number', (_, method, details) => {
  const found = detailsOf({ id: 'pm_1', ...method } as Stripe.PaymentMethod);
  if (details === null) expect(found).toBeNull();
  else expect(found).toMatchObject(details);
});

describe('a challenge that we wanted to end', () => {
  it.each<[string, object, string]>([
    ['is over', { status: 'canceled', cancellation_reason: 'duplicate' }, 'cancelled'],
    ['was confirmed before', { status: 'succeeded' }, 'succeeded'],
    ['was confirmed, and its bank debit is on its way', { status: 'processing' }, 'pending'],
    ['waits as before', { status: 'requires_action' }, 'unavailable'],
  ])('%s', (_what, change, state) => {
    expect(outcomeOfCancel(intent(change)).state).toBe(state);
    // What is over is refused, and shown as it is.
    const refusal = new Stripe.errors.StripeInvalidRequestError({
      ...{ type: 'invalid_request_error', code: 'payment_intent_unexpected_state', message: 'over' },
      payment_intent: intent(change),
    } as never);
    expect(outcomeOfCancelError(refusal).state).toBe(state);
  });

  it('is told again when Stripe cannot be reached', () => {
    const away = new Stripe.errors.StripeConnectionError({ message: 'away' });
    expect(outcomeOfCancelError(away).state).toBe('unavailable');
  });
});
