import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clerk, RealPayments, tenant } from './real-payments';
import { AttemptDecision } from '../../libs/payments/src/attempts/attempt-decision.service';
import { type AttemptRow, Attempts } from '../../libs/payments/src/attempts/attempt.schema';
import { AttemptService } from '../../libs/payments/src/attempts/attempt.service';
import { ChargingService } from '../../libs/payments/src/attempts/charging.service';
import { LookUpService } from '../../libs/payments/src/attempts/look-up.service';
import { PaymentMethods } from '../../libs/payments/src/methods/payment-method.schema';
import { type PayableRow, Payables } from '../../libs/payments/src/payables/payable.schema';
import { Payments } from '../../libs/payments/src/received/payment.schema';
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
});
