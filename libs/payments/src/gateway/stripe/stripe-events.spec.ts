import Stripe from 'stripe';
import { eventOf, signedEvent } from './stripe-events';

const event = (type: string, object: object): Stripe.Event =>
  ({ id: 'evt_1', object: 'event', type, data: { object } }) as Stripe.Event;

const intent = (status: string, metadata: object = { tollkeeperKey: 'inv_1/due/1' }) => ({
  ...{ id: 'pi_1', object: 'payment_intent', status, metadata, latest_charge: null },
  ...{ amount: 1299, amount_received: 1299, currency: 'usd' },
  last_payment_error: { decline_code: 'insufficient_funds' },
});
const dispute = (status: string) => ({
  ...{ id: 'dp_1', object: 'dispute', amount: 500, currency: 'eur', reason: 'fraudulent', status },
  ...{ payment_intent: 'pi_1', evidence_details: { due_by: 1774915200 } },
});

/** As the vendor documents the object. */
const mandate = (status: string, scheme: 'sepa' | 'ach' = 'sepa') => ({
  ...{ id: 'mandate_1', object: 'mandate', livemode: false, multi_use: {}, payment_method: 'pm_9', status },
  customer_acceptance: {
    ...{ accepted_at: 1767348000, type: 'online' },
    online: { ip_address: '192.0.2.7', user_agent: 'Mozilla/5.0' },
  },
  payment_method_details:
    scheme === 'sepa'
      ? {
          type: 'sepa_debit',
          sepa_debit: {
            reference: 'NXDSYREGC9PSMKWY',
            url: 'https://hooks.stripe.com/adapter/sepa_debit/file/1',
          },
        }
      : { type: 'us_bank_account', us_bank_account: { collection_method: 'paper' } },
  type: 'multi_use',
});

it.each<[string, object, object]>([
  [
    'payment_intent.succeeded',
    intent('succeeded'),
    { kind: 'charge', key: 'inv_1/due/1', finding: { state: 'succeeded' } },
  ],
  [
    'payment_intent.payment_failed',
    intent('requires_payment_method'),
    { kind: 'charge', finding: { state: 'declined' } },
  ],
  ['payment_intent.succeeded', intent('succeeded', {}), { kind: 'ignored' }],
  [
    'charge.dispute.created',
    dispute('needs_response'),
    { kind: 'dispute', state: 'opened', fundsWithdrawn: true },
  ],
  ['charge.dispute.created', dispute('warning_needs_response'), { kind: 'dispute', fundsWithdrawn: false }],
  [
    'charge.dispute.closed',
    dispute('lost'),
    { kind: 'dispute', state: 'lost', respondBy: '2026-03-31T00:00:00.000Z' },
  ],
  ['charge.dispute.closed', dispute('won'), { kind: 'dispute', state: 'won' }],
  [
    'refund.failed',
    { id: 're_1', status: 'failed', metadata: { tollkeeperKey: 'rf_1' } },
    { kind: 'refund', key: 'rf_1', state: 'failed' },
  ],
  [
    'payment_method.automatically_updated',
    {
      id: 'pm_1',
      card: { brand: 'visa', last4: '1881', exp_month: 1, exp_year: 2030, fingerprint: 'f2', wallet: null },
    },
    { kind: 'methodUpdated', token: 'pm_1', card: { last4: '1881', expiry: '2030-01' } },
  ],
  [
    'mandate.updated',
    mandate('inactive'),
    { kind: 'mandateEnded', token: 'pm_9', gatewayMandateId: 'mandate_1', reference: 'NXDSYREGC9PSMKWY' },
  ],
  ['mandate.updated', mandate('active'), { kind: 'ignored', type: 'mandate.updated' }],
  ['mandate.updated', mandate('pending'), { kind: 'ignored' }],
  ['mandate.updated', mandate('inactive', 'ach'), { kind: 'mandateEnded', token: 'pm_9', reference: null }],
  ['invoice.paid', { id: 'in_1' }, { kind: 'ignored', type: 'invoice.paid' }],
])('%s', (type, object, expected) => {
  expect(eventOf(event(type, object))).toMatchObject(expected);
});

describe('the signature comes before the content', () => {
  const payload = JSON.stringify(event('invoice.paid', { id: 'in_1' }));
  const header = (secret: string, timestamp?: number) =>
    Stripe.webhooks.generateTestHeaderString({ payload, secret, ...(timestamp ? { timestamp } : {}) });

  it('ours, or the one before while secrets are rotated', () => {
    const body = Buffer.from(payload);
    expect(signedEvent(body, header('whsec_new'), ['whsec_new', 'whsec_old'])?.id).toBe('evt_1');
    expect(signedEvent(body, header('whsec_old'), ['whsec_new', 'whsec_old'])?.id).toBe('evt_1');
  });

  it('not that of another, not an old one, not over other bytes, not none', () => {
    const body = Buffer.from(payload);
    expect(signedEvent(body, header('whsec_other'), ['whsec_new'])).toBeNull();
    expect(signedEvent(body, header('whsec_new', 1_600_000_000), ['whsec_new'])).toBeNull();
    expect(signedEvent(Buffer.from(`${payload} `), header('whsec_new'), ['whsec_new'])).toBeNull();
    expect(signedEvent(body, '', ['whsec_new'])).toBeNull();
    expect(signedEvent(body, header('whsec_new'), [])).toBeNull();
  });
});
