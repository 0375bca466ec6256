import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clerk, RealPayments, tenant } from './real-payments';
import { AttemptDecision } from '../../libs/payments/src/attempts/attempt-decision.service';
import { type AttemptRow, Attempts } from '../../libs/payments/src/attempts/attempt.schema';
import { AttemptService } from '../../libs/payments/src/attempts/attempt.service';
import { ChargingService } from '../../libs/payments/src/attempts/charging.service';
import { LookUpService } from '../../libs/payments/src/attempts/look-up.service';
import { PaymentMethods } from '../../libs/payments/src/methods/payment-method.schema';
import { LinkCharging } from '../../libs/payments/src/pay-links/link-charging.service';
import { PayLinkService } from '../../libs/payments/src/pay-links/pay-link.service';
import { PayNowService } from '../../libs/payments/src/pay-now/pay-now.service';
import { PayRequests } from '../../libs/payments/src/pay-now/pay-request.schema';
import { type PayableRow, Payables } from '../../libs/payments/src/payables/payable.schema';
import { type PaymentRow, Payments } from '../../libs/payments/src/received/payment.schema';
import { ReversalService } from '../../libs/payments/src/reversals/reversal.service';
import { WebhookService } from '../../libs/payments/src/webhooks/webhook.service';

const at = '2026-02-01T12:00:00.000Z';
const on = '2026-02-01';

describe('payments, what a gateway answers and how often it is asked, on a real MongoDB', () => {
  let real: RealPayments;
  let no = 0;
  beforeAll(async () => {
    real = await RealPayments.start();
  });
  afterAll(() => real.stop());

  const debtor = async (fingerprint?: string) => {
    const [accountId, invoiceId] = [`acc_${++no}`, `inv_${no}`];
    await real.account(accountId);
    await real.card(accountId);
    if (fingerprint)
      await real
        .rows(tenant, PaymentMethods)
        .updateOne({ _id: `pm_${accountId}` }, { $set: { fingerprint } as never });
    await real.payable(invoiceId, accountId, { dueOn: on });
    return { accountId, invoiceId };
  };
  const round = (limit = 1_000) => real.get(ChargingService).chargeDue(tenant, on, at, limit);
  const attemptOf = async (accountId: string) =>
    (await real.rows<AttemptRow>(tenant, Attempts).findOne({ accountId })) as AttemptRow;
  const other = { amountMinor: 1_000, currency: 'EUR' };

  it.each<[string, { amountMinor: number; currency: string }]>([
    ['another amount', other],
    ['another currency', { amountMinor: 10_000, currency: 'HUF' }],
  ])(
    'a gateway that takes %s: no payment, the invoice stays reserved, a person decides',
    async (_, taken) => {
      const { accountId, invoiceId } = await debtor();
      real.gateway.takes = (key) => (key.startsWith(`${invoiceId}/`) ? taken : null);
      await round();
      const attempt = await attemptOf(accountId);
      expect(attempt).toMatchObject({ state: 'unknown', cause: 'otherAmount', awaitsDecision: true });
      expect(await real.rows(tenant, Payments).count({ accountId })).toBe(0);
      const row = (await real.rows<PayableRow>(tenant, Payables).findOne({ _id: invoiceId })) as PayableRow;
      expect(row.reservations.map(({ state }) => state)).toEqual(['held']);
      // The webhook says the same, and nobody asks again.
      const finding = {
        state: 'succeeded',
        gatewayId: 'ch_o',
        networkTransactionId: null,
        booked: taken,
      } as const;
      const told = { tenantId: tenant, gateway: 'sandbox', eventId: `evt_${no}`, type: 'charge.succeeded' };
      await real
        .get(WebhookService)
        .receive({ ...told, events: [{ kind: 'charge', key: attempt.key, finding }] });
      expect(await attemptOf(accountId)).toMatchObject({ state: 'unknown', nextLookUpAt: null });
      const decision = { attemptId: attempt._id, paid: false, gatewayId: null, reason: 'given back there' };
      expect(await real.get(AttemptDecision).decide(clerk, decision)).toMatchObject({
        state: 'gatewayFailure',
      });
    },
  );

  it('a look-up that finds another amount than was asked for stops asking', async () => {
    const { accountId, invoiceId } = await debtor();
    const wanted = {
      key: `${invoiceId}/x/1`,
      reason: 'x',
      purpose: 'invoice' as const,
      accountId,
      invoiceId,
    };
    const intent = real
      .get(AttemptService)
      .intent({ ...wanted, amountMinor: 10_000, currency: 'EUR' }, null, at);
    const due = { state: 'unknown' as const, nextLookUpAt: at, sentAt: new Date(0) };
    await real.rows(tenant, Attempts).insertOne({ ...intent, ...due });
    real.gateway.takes = (key) => (key === wanted.key ? other : null);
    await real.get(LookUpService).resolveUnknown(tenant, at, 10);
    expect(await attemptOf(accountId)).toMatchObject({
      ...{ state: 'unknown', nextLookUpAt: null, awaitsDecision: true },
    });
  });

  it('one Visa card behind 300 invoices that are charged in two slices at once: 20 tries, not 40', async () => {
    await round();
    const all: Awaited<ReturnType<typeof debtor>>[] = [];
    for (let each = 0; each < 300; each += 1) all.push(await debtor('fp_fleet'));
    const mine = new Set(all.map(({ invoiceId }) => invoiceId));
    real.gateway.refuses = (key) => mine.has(key.split('/')[0] ?? '');
    await round();
    expect(await real.rows(tenant, Attempts).count({ fingerprint: 'fp_fleet' })).toBe(20);
  });

  it('a payer who was shown another amount is charged nothing, and never more than was shown', async () => {
    const { accountId } = await debtor();
    const wanted = { accountId, invoiceId: null, amountMinor: null, currency: null, expiresInDays: 7 };
    const { token } = await real.get(PayLinkService).create(clerk, { ...wanted, reason: 'by phone' });
    const guest = { gateway: 'sandbox', token: `tok_ok.guest${no}`, kind: 'card' } as const;
    const shown = { minor: 10_000, currency: 'EUR' };
    const links = real.get(LinkCharging);
    await expect(links.pay(token, guest, { ...shown, minor: 9_000 })).rejects.toMatchObject({
      problem: { code: 'amountChanged', status: 409 },
    });
    await links.pay(token, guest, shown);
    // The next bill comes before the process charges.
    await real.payable(`inv_later${no}`, accountId, { dueOn: '2026-03-01' });
    const [request] = await real.rows<{ _id: string }>(tenant, PayRequests).find({ accountId });
    await real.get(PayNowService).charge(tenant, accountId, request?._id ?? '', at);
    const charged = await real.rows<AttemptRow>(tenant, Attempts).find({ accountId });
    expect(charged.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(10_000);
  });

  it('a dispute in the currency of the payer’s bank takes no more than was not refunded before', async () => {
    const { accountId } = await debtor();
    const payment: PaymentRow = {
      ...{ _id: `pay_${++no}`, revision: 1, accountId, invoiceId: null, subscriptionId: null },
      ...{
        purpose: 'invoice',
        amountMinor: 10_000,
        currency: 'EUR',
        gateway: 'sandbox',
        gatewayId: `ch_d${no}`,
      },
      ...{ attemptId: null, method: 'visa', reference: 'k', state: 'succeeded', renewal: null },
      ...{ refundedMinor: 4_000, receivedAt: at, recordedAt: at },
    };
    await real.rows(tenant, Payments).insertOne(payment);
    await real.database.transaction(() =>
      real.get(ReversalService).hear(tenant, at, 'sandbox', {
        ...{
          kind: 'dispute',
          disputeId: `dp_${no}`,
          gatewayId: `ch_d${no}`,
          amountMinor: 1_500,
          currency: 'CHF',
        },
        ...{ reason: 'fraudulent', state: 'opened', fundsWithdrawn: true, respondBy: null },
      }),
    );
    expect(await real.rows(tenant, Payments).findOne({ _id: payment._id })).toMatchObject({
      reversedMinor: 6_000,
    });
  });
});
