import type Stripe from 'stripe';
import { mandateOf, setupOf } from './stripe-mandates';

const mandate = (change: object = {}) =>
  ({
    ...{ id: 'mandate_1', object: 'mandate', status: 'active', payment_method: 'pm_1', type: 'multi_use' },
    customer_acceptance: { accepted_at: 1767348000, type: 'online' },
    payment_method_details: { type: 'sepa_debit', sepa_debit: { reference: 'NXDSYREGC9PSMKWY', url: '' } },
    ...change,
  }) as Stripe.Mandate;

const setup = (change: object = {}) =>
  ({
    ...{ id: 'seti_1', object: 'setup_intent', status: 'succeeded', payment_method: 'pm_1' },
    ...{ mandate: mandate(), metadata: { tollkeeperAccountId: 'acc_1' } },
    ...change,
  }) as object as Stripe.SetupIntent;

it('a mandate: what the payer was shown, and when they agreed', () => {
  expect(mandateOf(mandate())).toEqual({
    ...{ gatewayMandateId: 'mandate_1', reference: 'NXDSYREGC9PSMKWY', status: 'active' },
    acceptedAt: '2026-01-02T10:00:00.000Z',
  });
});

it.each([
  ['inactive', 'inactive'],
  ['pending', 'pending'],
  ['a word of 2030', 'inactive'],
])('%s counts as %s', (status, counted) => {
  expect(mandateOf(mandate({ status })).status).toBe(counted);
});

it('a setup that succeeded gives token and mandate', () => {
  expect(setupOf(setup())).toMatchObject({
    ...{ accountId: 'acc_1', token: 'pm_1' },
    mandate: { gatewayMandateId: 'mandate_1' },
  });
});

it.each([
  ['not finished', { status: 'requires_action', mandate: null }, { token: null, mandate: null }],
  ['by an ID of the mandate alone', { mandate: 'mandate_1' }, { mandate: null }],
  ['begun by nobody of ours', { metadata: {} }, { accountId: '' }],
])('%s', (_, change, expected) => {
  expect(setupOf(setup(change))).toMatchObject(expected);
});
