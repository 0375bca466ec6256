import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '@tollkeeper/platform';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findStripeMock, startStripeMock, type StripeMock } from '../../tools/engines';
import type { ChargeOutcome, PaymentGateway } from '../../libs/payments/src/gateway/payment-gateway';
import { StripeClients } from '../../libs/payments/src/gateway/stripe/stripe-client';
import { StripeGateway } from '../../libs/payments/src/gateway/stripe/stripe-gateway';

const charge = {
  ...{ tenantId: 'ten_1', at: '2026-03-01T00:00:00.000Z', key: 'inv_1/due/1', amountMinor: 1299 },
  ...{ currency: 'EUR', token: 'pm_card_visa' },
};
const states: ChargeOutcome['state'][] = [
  'succeeded',
  'pending',
  'requiresAction',
  'declined',
  'cancelled',
  'gatewayFailure',
  'unknown',
];

/** The mock checks each request against the vendor's own description: a field that is wrong is refused by it. */
describe("Stripe's adapter against the vendor's mock (shapes only: it keeps no books)", () => {
  let mock: StripeMock | null = null;
  let missing = '';
  let folder = '';
  let gateway: PaymentGateway;

  beforeAll(async () => {
    const found = await findStripeMock();
    if ('missing' in found) {
      missing = found.missing;
      process.stderr.write(`stripe-mock.spec is skipped: ${missing}\n`);
      return;
    }
    folder = await mkdtemp(join(tmpdir(), 'stripe-mock-'));
    mock = await startStripeMock(found.path, folder);
    const values = { STRIPE_API_URL: mock.url, STRIPE_SECRET_KEY: 'sk_test_123', STRIPE_WEBHOOK_SECRETS: '' };
    gateway = new StripeGateway(new StripeClients({ values } as Settings));
  }, 420_000);

  afterAll(async () => {
    await mock?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const shape = (name: string, prove: () => Promise<void>) => it(name, () => (mock ? prove() : undefined));

  shape('a charge by the merchant, and one by a payer who is there, are understood', async () => {
    for (const asked of [
      charge,
      { ...charge, initiator: 'customer' as const, returnUrl: 'https://portal.example/back' },
    ]) {
      const outcome = await gateway.charge(asked);
      expect(states).toContain(outcome.state);
      expect('cause' in outcome ? outcome.cause : '').not.toMatch(/^refused|^connection/);
    }
  });

  shape('a challenge that is needless is cancelled, with a reason that is theirs', async () => {
    const cancelled = { tenantId: 'ten_1', at: charge.at, key: charge.key, gatewayId: 'pi_1' };
    const outcome = await gateway.cancel(cancelled);
    expect('cause' in outcome ? outcome.cause : '').toMatch(/^$|^status /);
    // Without its id it is looked for by our key; the mock knows none.
    expect(await gateway.cancel({ ...cancelled, gatewayId: null })).toEqual({
      ...{ state: 'unavailable', cause: 'notFound' },
    });
  });

  shape('a charge is looked up by our key: what bears another key is not ours', async () => {
    expect(await gateway.lookUp('ten_1', "inv_1/due/o'clock")).toEqual({ state: 'notFound' });
  });

  shape('a refund, and the question about it', async () => {
    const outcome = await gateway.refund({
      ...charge,
      gatewayId: 'pi_1',
      amountMinor: 500,
      reason: 'credit',
    });
    expect(['succeeded', 'unknown']).toContain(outcome.state);
    expect((await gateway.lookUpRefund('ten_1', 'pi_1', 'ref_1/1')).state).toBe('notFound');
  });

  shape('a token is described without its number', async () => {
    const card = await gateway.describeToken('ten_1', 'pm_card_visa');
    expect(card).toMatchObject({ last4: expect.stringMatching(/^\d{4}$/) });
  });

  shape('a setup for each kind of method, of a payer who is new, and of one who is known', async () => {
    for (const [kind, customerId] of [
      ['card', null],
      ['sepaDebit', 'cus_1'],
      ['achDebit', 'cus_1'],
    ] as const) {
      const setup = await gateway.beginSetup({ tenantId: 'ten_1', accountId: 'acc_1', kind, customerId });
      expect(setup).toMatchObject({
        setupId: expect.stringMatching(/^seti_/),
        clientSecret: expect.stringMatching(/./),
      });
    }
  });

  shape('what came of a setup: not finished, and nobody of ours began it', async () => {
    const setup = await gateway.finishedSetup('ten_1', 'seti_1');
    expect(setup).toMatchObject({ token: null });
  });

  shape('the books, page by page', async () => {
    const { charges, hasMore } = await gateway.listCharges('ten_1');
    expect(typeof hasMore).toBe('boolean');
    for (const each of charges) expect(each.currency).toMatch(/^[A-Z]{3}$/);
  });
});
