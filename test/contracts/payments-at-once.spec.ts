import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RealPayments, tenant, clerk } from './real-payments';
import { type AttemptRow, Attempts } from '../../libs/payments/src/attempts/attempt.schema';
import { ChargingService } from '../../libs/payments/src/attempts/charging.service';
import { LookUpService } from '../../libs/payments/src/attempts/look-up.service';
import { CollectionService } from '../../libs/payments/src/dunning/collection.service';
import { Collections } from '../../libs/payments/src/dunning/collection.schema';
import { DunningPolicyRepository } from '../../libs/payments/src/dunning/policies/dunning-policy.repository';
import { HandOverService } from '../../libs/payments/src/dunning/hand-overs/hand-over.service';
import { newCase } from '../../libs/payments/src/dunning/new-case';
import { defaultDunningPolicy } from '../../libs/payments/src/domain/dunning/default-dunning-policy';
import { LinkCharging } from '../../libs/payments/src/pay-links/link-charging.service';
import { PayLinkService } from '../../libs/payments/src/pay-links/pay-link.service';
import { PayNowService } from '../../libs/payments/src/pay-now/pay-now.service';
import { PayRequests } from '../../libs/payments/src/pay-now/pay-request.schema';
import { PaymentService } from '../../libs/payments/src/received/payment.service';
import { type PaymentRow, Payments } from '../../libs/payments/src/received/payment.schema';
import { type PayableRow, Payables } from '../../libs/payments/src/payables/payable.schema';
import { RefundService } from '../../libs/payments/src/refunds/refund.service';
import { ReversalService } from '../../libs/payments/src/reversals/reversal.service';
import { TopUpService } from '../../libs/payments/src/top-ups/top-up.service';
import { BalanceRepository } from '../../libs/payments/src/top-ups/balance.repository';
import { VoucherService } from '../../libs/payments/src/vouchers/voucher.service';
import { WebhookService } from '../../libs/payments/src/webhooks/webhook.service';

const at = '2026-02-01T12:00:00.000Z';

describe('payments, races that have one winner, on a real MongoDB', () => {
  let real: RealPayments;
  let no = 0;
  beforeAll(async () => {
    real = await RealPayments.start();
    await real.get(DunningPolicyRepository).insert(tenant, defaultDunningPolicy, at);
  });
  afterAll(() => real.stop());

  const debtor = async (openMinor = 10_000) => {
    const own = ++no;
    const accountId = `acc_${own}`;
    await real.account(accountId);
    await real.card(accountId);
    const invoiceId = `inv_${own}`;
    if (openMinor > 0) await real.payable(invoiceId, accountId, { openMinor, totalMinor: openMinor });
    return { accountId, invoiceId };
  };
  const chargedOf = (invoiceId: string) =>
    [...real.gateway.booked]
      .filter(([key]) => key.startsWith(`${invoiceId}/`))
      .map(([, { amountMinor }]) => amountMinor);
  const wish = async (accountId: string) => {
    const _id = `req_${++no}`;
    await real.rows(tenant, PayRequests).insertOne({ _id, accountId, requestedAt: at, outcome: null });
    return () => real.get(PayNowService).charge(tenant, accountId, _id, at);
  };
  const outcomes = (all: PromiseSettledResult<unknown>[]) => all.map(({ status }) => status).sort();

  it('auto-pay of two hosts and two wishes to pay now take an invoice once', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => debtor()));
    const wishes = await Promise.all(all.flatMap(({ accountId }) => [wish(accountId), wish(accountId)]));
    const rounds = [1, 2].map(() => real.get(ChargingService).chargeDue(tenant, '2026-02-01', at, 100));
    await Promise.allSettled([...rounds, ...wishes.map((pay) => pay())]);
    // As the process does after a refusal, and with an answer that a busy machine kept back for too long.
    await real.get(ChargingService).chargeDue(tenant, '2026-02-01', at, 100);
    await real.get(LookUpService).resolveUnknown(tenant, '2026-02-02T06:00:00.000Z', 100);
    for (const { invoiceId } of all) {
      expect(chargedOf(invoiceId)).toEqual([10_000]);
      const row = (await real.rows<PayableRow>(tenant, Payables).findOne({ _id: invoiceId })) as PayableRow;
      expect(row.reservations.map(({ amountMinor, state }) => [amountMinor, state])).toEqual([
        [10_000, 'captured'],
      ]);
    }
  });

  it('money recorded by hand and a wish to pay now: never more than one of them for the same cents', async () => {
    const { accountId, invoiceId } = await debtor();
    const pay = await wish(accountId);
    const cash = {
      accountId,
      invoiceId,
      amountMinor: 6_000,
      currency: 'EUR',
      method: 'cash',
      reference: 'till 4',
      purpose: 'invoice',
      receivedAt: at,
    } as const;
    await Promise.allSettled([real.get(PaymentService).record(clerk, cash), pay()]);
    const row = (await real.rows<PayableRow>(tenant, Payables).findOne({ _id: invoiceId })) as PayableRow;
    const held = row.reservations.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    expect(held).toBeLessThanOrEqual(10_000);
  });

  it('a pay link that two use at once is paid once', async () => {
    const { accountId, invoiceId } = await debtor();
    const wanted = {
      accountId,
      invoiceId,
      amountMinor: null,
      currency: null,
      expiresInDays: 7,
      reason: 'asked by phone',
    };
    const { token } = await real.get(PayLinkService).create(clerk, wanted);
    const guests = ['tok_ok.a', 'tok_ok.b', 'tok_ok.c'].map((card) =>
      real.get(LinkCharging).pay(token, { gateway: 'sandbox', token: card, kind: 'card' }),
    );
    expect(outcomes(await Promise.allSettled(guests))).toEqual(['fulfilled', 'rejected', 'rejected']);
    const requests = await real.rows<{ _id: string }>(tenant, PayRequests).find({ accountId });
    expect(requests).toHaveLength(1);
    const charge = () => real.get(PayNowService).charge(tenant, accountId, requests[0]?._id ?? '', at);
    await Promise.allSettled([charge(), charge()]);
    expect(chargedOf(invoiceId)).toEqual([10_000]);
  });

  it('a voucher that three redeem at once is one top-up', async () => {
    const accounts = await Promise.all([debtor(0), debtor(0), debtor(0)]);
    const batch = {
      name: 'Ten',
      count: 1,
      valueMinor: 1_000,
      currency: 'EUR',
      expiresAt: '2030-01-01T00:00:00.000Z',
      reason: 'a new batch',
    };
    const { codes } = await real.get(VoucherService).issue(clerk, batch);
    const redeemed = accounts.map(({ accountId }) =>
      real.get(VoucherService).redeem(clerk, accountId, (codes[0] ?? '').replaceAll('-', '')),
    );
    expect(outcomes(await Promise.allSettled(redeemed))).toEqual(['fulfilled', 'rejected', 'rejected']);
    const balances = await real.get(BalanceRepository).ofAccounts(
      tenant,
      accounts.map(({ accountId }) => accountId),
    );
    expect([...balances.values()].map(({ balanceMinor }) => balanceMinor)).toEqual([1_000]);
  });

  it('a webhook that is quicker than the answer, and comes five times at once, is one payment', async () => {
    const { accountId, invoiceId } = await debtor();
    const pay = await wish(accountId);
    let release: () => void = () => undefined;
    real.gateway.hold = new Promise<void>((done) => (release = done));
    const paid = pay();
    const attempt = await untilThere(() => real.rows<AttemptRow>(tenant, Attempts).findOne({ accountId }));
    const finding = { state: 'succeeded', gatewayId: `ch_early_${no}`, networkTransactionId: null } as const;
    const told = { tenantId: tenant, gateway: 'sandbox', eventId: 'evt_5', type: 'charge.succeeded' };
    const events = [{ kind: 'charge' as const, key: attempt.key, finding }];
    const heard = await Promise.all(
      [1, 2, 3, 4, 5].map(() => real.get(WebhookService).receive({ ...told, events })),
    );
    release();
    await paid;
    expect(heard.filter((each) => each === 'applied')).toHaveLength(1);
    expect(await real.rows(tenant, Payments).count({ accountId })).toBe(1);
    expect(await real.rows<PaymentRow>(tenant, Payments).findOne({ accountId })).toMatchObject({
      invoiceId,
      gatewayId: finding.gatewayId,
    });
  });

  it('three refunds of a whole balance at once are one, and no payment gives more than it was', async () => {
    const { accountId } = await debtor(0);
    const topUp = {
      accountId,
      amountMinor: 2_000,
      currency: 'EUR',
      method: 'cash' as const,
      reference: 'till 4',
    };
    await real.get(TopUpService).record(clerk, topUp);
    const wanted = { accountId, of: 'topUp' as const, amount: null, reason: 'moves away' };
    const refunds = [1, 2, 3].map(() => real.get(RefundService).request(clerk, wanted));
    expect(outcomes(await Promise.allSettled(refunds))).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await real.rows(tenant, Payments).findOne({ accountId })).toMatchObject({ refundedMinor: 2_000 });
    expect((await real.get(BalanceRepository).find(tenant, accountId))?.balanceMinor).toBe(0);
  });

  it('a refund and a dispute of one top-up at once: the balance gives its money once', async () => {
    const { accountId } = await debtor(0);
    const payment: PaymentRow = {
      ...{
        _id: `pay_${no}`,
        revision: 1,
        accountId,
        invoiceId: null,
        subscriptionId: null,
        purpose: 'topUp',
      },
      ...{ amountMinor: 2_000, currency: 'EUR', gateway: 'sandbox', gatewayId: `ch_d${no}`, attemptId: null },
      ...{
        method: 'visa',
        reference: null,
        state: 'succeeded',
        renewal: null,
        refundedMinor: 0,
        receivedAt: at,
        recordedAt: at,
      },
    };
    await real.rows(tenant, Payments).insertOne(payment);
    const move = {
      key: payment._id,
      accountId,
      what: 'topUp' as const,
      amountMinor: 2_000,
      currency: 'EUR',
      at,
    };
    await real.get(BalanceRepository).move(tenant, move);
    const back = () =>
      real.database.transaction(() =>
        real.get(ReversalService).hear(tenant, at, 'sandbox', {
          ...{
            kind: 'dispute',
            disputeId: `dp_${no}`,
            gatewayId: `ch_d${no}`,
            amountMinor: 2_000,
            currency: 'EUR',
          },
          ...{ reason: 'fraudulent', state: 'opened', fundsWithdrawn: true, respondBy: null },
        }),
      );
    const refund = () =>
      real.get(RefundService).request(clerk, { accountId, of: 'topUp', amount: null, reason: 'moves away' });
    const [disputed, refunded] = await Promise.allSettled([back(), refund()]);
    expect(disputed.status).toBe('fulfilled');
    const { refundedMinor } = (await real
      .rows<PaymentRow>(tenant, Payments)
      .findOne({ accountId })) as PaymentRow;
    expect(refundedMinor).toBe(refunded.status === 'fulfilled' ? 2_000 : 0);
    expect((await real.get(BalanceRepository).find(tenant, accountId))?.balanceMinor).toBe(0);
  });

  it('two rounds and a person open one case of a debtor', async () => {
    const all = await Promise.all([debtor(), debtor(), debtor()]);
    const open = () => real.get(CollectionService).openCollections(tenant, '2026-02-01', at, 1_000);
    const byHand = all.map(({ accountId }) =>
      real.get(CollectionService).startByHand(clerk, accountId, 'owes for long'),
    );
    await Promise.allSettled([open(), open(), ...byHand]);
    await open();
    for (const { accountId } of all) {
      expect(await real.rows(tenant, Collections).count({ accountId, state: 'open' })).toBe(1);
      expect(
        await real.database.db.collection('outbox').countDocuments({
          'message.processId': `collection/${tenant}/${accountId}`,
          'message.kind': 'start',
        }),
      ).toBe(1);
    }
  });

  it('two hand-over files at once: each case lies in one', async () => {
    const { accountId, invoiceId } = await debtor();
    const row = {
      ...newCase({ accountId, currency: 'EUR', policy: defaultDunningPolicy, zone: 'UTC', at }),
      state: 'closed' as const,
      outcome: 'handedOver' as const,
      closedAt: at,
    };
    await real.rows(tenant, Collections).insertOne(row);
    await real.rows(tenant, Payables).updateOne({ _id: invoiceId }, { $set: { givenUpBy: row._id } });
    const files = await Promise.allSettled(
      [1, 2].map(() => real.get(HandOverService).write(clerk, 'weekly file')),
    );
    expect(outcomes(files)).toEqual(['fulfilled', 'rejected']);
  });
});

/** A fact that another call is about to write. */
async function untilThere<Row>(find: () => Promise<Row | null>): Promise<Row> {
  for (;;) {
    const found = await find();
    if (found) return found;
    await new Promise((done) => setImmediate(done));
  }
}
