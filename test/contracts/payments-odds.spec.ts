import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RealPayments, tenant, clerk, otherTenant } from './real-payments';
import { AttemptDecision } from '../../libs/payments/src/attempts/attempt-decision.service';
import { type AttemptRow, Attempts } from '../../libs/payments/src/attempts/attempt.schema';
import { AttemptService } from '../../libs/payments/src/attempts/attempt.service';
import { DunningPolicyRepository } from '../../libs/payments/src/dunning/policies/dunning-policy.repository';
import { CaseAttempts } from '../../libs/payments/src/dunning/case-attempts.repository';
import { CollectionService } from '../../libs/payments/src/dunning/collection.service';
import { CaseStateService } from '../../libs/payments/src/dunning/case-state.service';
import { DunningService } from '../../libs/payments/src/dunning/dunning.service';
import { type CollectionRow, Collections } from '../../libs/payments/src/dunning/collection.schema';
import { newCase } from '../../libs/payments/src/dunning/new-case';
import { defaultDunningPolicy } from '../../libs/payments/src/domain/dunning/default-dunning-policy';
import { PayLinks } from '../../libs/payments/src/pay-links/pay-link.schema';
import { PayRequests } from '../../libs/payments/src/pay-now/pay-request.schema';
import { type PaymentMethodRow, PaymentMethods } from '../../libs/payments/src/methods/payment-method.schema';
import { PayNowService } from '../../libs/payments/src/pay-now/pay-now.service';
import { Payables } from '../../libs/payments/src/payables/payable.schema';
import { PayableService } from '../../libs/payments/src/payables/payable.service';
import { PaymentRepository } from '../../libs/payments/src/received/payment.repository';
import { type PaymentRow, Payments } from '../../libs/payments/src/received/payment.schema';
import { ReversalService } from '../../libs/payments/src/reversals/reversal.service';

const at = '2026-02-01T12:00:00.000Z';

describe('payments, odd orders of events on a real MongoDB', () => {
  let real: RealPayments;
  let no = 0;
  beforeAll(async () => {
    real = await RealPayments.start();
    await real
      .get(DunningPolicyRepository)
      .insert(tenant, { ...defaultDunningPolicy, minimumMinor: 2_000 }, at);
  });
  afterAll(() => real.stop());

  const account = async () => {
    const accountId = `acc_${++no}`;
    await real.account(accountId);
    await real.card(accountId);
    return accountId;
  };
  const paymentOf = (accountId: string, change: Partial<PaymentRow> = {}): PaymentRow => ({
    ...{
      _id: `pay_${++no}`,
      revision: 1,
      accountId,
      invoiceId: null,
      subscriptionId: null,
      purpose: 'topUp',
    },
    ...{ amountMinor: 10_000, currency: 'EUR', gateway: 'sandbox', gatewayId: `ch_x${no}`, attemptId: null },
    ...{ method: 'visa', reference: null, state: 'succeeded', renewal: null, refundedMinor: 0 },
    ...{ receivedAt: at, recordedAt: at },
    ...change,
  });
  const attemptOf = (accountId: string, change: Partial<AttemptRow> = {}): AttemptRow => ({
    ...real
      .get(AttemptService)
      .intent(
        { key: `k${++no}`, reason: 'due', purpose: 'invoice', accountId, amountMinor: 100, currency: 'EUR' },
        null,
        at,
      ),
    ...change,
  });
  const outbox = (processId: string) =>
    real.database.db.collection('outbox').countDocuments({ 'message.processId': processId });

  it('a link whose process found nothing to charge is open again, and a repeat of that process charges nothing', async () => {
    const accountId = await account();
    await real.rows(tenant, PayLinks).insertOne({
      ...{ _id: 'pln_1', secretHash: 'x', accountId, invoiceId: null, amountMinor: null, currency: 'EUR' },
      ...{
        state: 'paying',
        requestId: 'req_1',
        expiresAt: '2027-01-01T00:00:00.000Z',
        createdAt: at,
        by: 'x',
      },
    });
    await real.rows(tenant, PayRequests).insertOne({
      ...{
        _id: 'req_1',
        accountId,
        requestedAt: at,
        outcome: null,
        payLinkId: 'pln_1',
        methodId: `pm_${accountId}`,
      },
    });
    const charge = () => real.get(PayNowService).charge(tenant, accountId, 'req_1', at);
    expect(await charge()).toBe('notAllowed');
    await real.payable(`inv_l${no}`, accountId);
    expect(await charge()).toBe('notAllowed');
    expect(await real.rows(tenant, Attempts).count({ accountId })).toBe(0);
    expect(await real.rows(tenant, PayLinks).findOne({ _id: 'pln_1' })).toMatchObject({ state: 'open' });
  });

  it('a charge that is booked already is no answer to another attempt: 409, nothing written', async () => {
    const accountId = await account();
    await real.rows(tenant, Payments).insertOne(paymentOf(accountId, { gatewayId: 'ch_taken' }));
    const attempt = attemptOf(accountId, { state: 'unknown', awaitsDecision: true });
    await real.rows(tenant, Attempts).insertOne(attempt);
    const decided = real
      .get(AttemptDecision)
      .decide(clerk, { attemptId: attempt._id, paid: true, gatewayId: 'ch_taken', reason: 'in their books' });
    await expect(decided).rejects.toMatchObject({ problem: { code: 'chargeBooked', status: 409 } });
    expect(await real.rows(tenant, Attempts).findOne({ _id: attempt._id })).toMatchObject({
      state: 'unknown',
    });
  });

  it('of two partial disputes one is won: what the other took cannot be refunded, and the payment stays disputed', async () => {
    const accountId = await account();
    const payment = paymentOf(accountId, { gatewayId: 'ch_two', purpose: 'invoice' });
    await real.rows(tenant, Payments).insertOne(payment);
    const reversals = real.get(ReversalService);
    const dispute = (disputeId: string, amountMinor: number, state: 'opened' | 'won' | 'lost') =>
      real.database.transaction(() =>
        reversals.hear(tenant, at, 'sandbox', {
          ...{
            kind: 'dispute',
            disputeId,
            gatewayId: 'ch_two',
            amountMinor,
            currency: 'EUR',
            reason: 'fraudulent',
          },
          ...{ state, fundsWithdrawn: true, respondBy: null },
        }),
      );
    await dispute('dp_1', 4_000, 'opened');
    await dispute('dp_2', 3_000, 'opened');
    await dispute('dp_1', 4_000, 'won');
    const now = (await real.get(PaymentRepository).one(tenant, payment._id)) as PaymentRow;
    expect(now).toMatchObject({ state: 'disputed', reversedMinor: 3_000 });
    await dispute('dp_2', 3_000, 'won');
    expect(await real.get(PaymentRepository).one(tenant, payment._id)).toMatchObject({
      state: 'settled',
      reversedMinor: 0,
    });
  });

  it('what was taken back of a payment that is held again is not refundable', async () => {
    const accountId = await account();
    await real
      .rows(tenant, Payments)
      .insertOne(paymentOf(accountId, { state: 'settled', reversedMinor: 3_000, refundedMinor: 1_000 }));
    const [left] = await real.get(PaymentRepository).refundable(tenant, accountId, 'topUp');
    expect(left && left.amountMinor - left.refundedMinor).toBe(6_000);
  });

  it('refunded payments do not hide older ones that can still go back', async () => {
    const accountId = await account();
    const old = paymentOf(accountId, { recordedAt: '2026-01-01T00:00:00.000Z' });
    const spent = Array.from({ length: 120 }, () => paymentOf(accountId, { refundedMinor: 10_000 }));
    await real.rows(tenant, Payments).insertMany([old, ...spent]);
    const left = await real.get(PaymentRepository).refundable(tenant, accountId, 'topUp');
    expect(left.map(({ paymentId }) => paymentId)).toEqual([old._id]);
  });

  it('an intent that is older than the gateway keeps its key is asked for, never sent again', async () => {
    const accountId = await account();
    const before = real.gateway.calls;
    const sentAt = new Date(Date.now() - 24 * 3_600_000);
    const attempt = attemptOf(accountId, { gateway: 'stripe', token: 'pm_1', sentAt });
    await real.rows(tenant, Attempts).insertOne(attempt);
    const [after] = await real.get(AttemptService).send(tenant, at, [attempt]);
    expect(after).toMatchObject({ state: 'unknown', cause: 'keyExpired' });
    expect(real.gateway.calls).toBe(before);
  });

  it('a round over 200 invoices is one round, however many there were', async () => {
    const accountId = await account();
    const invoiceIds = Array.from({ length: 200 }, (_, each) => `inv_r${each}`);
    for (let round = 1; round <= 4; round += 1)
      await real.rows(tenant, Attempts).insertMany(
        invoiceIds.map((invoiceId) =>
          attemptOf(accountId, {
            ...{ invoiceId, reason: `col_1.retry-${round}`, createdAt: `2026-02-0${round}T12:00:00.000Z` },
            ...{ state: 'declined', declineCode: 'insufficient_funds', category: 'soft', caseId: 'col_1' },
          }),
        ),
      );
    const rounds = await real.get(CaseAttempts).rounds(tenant, { accountId, caseId: 'col_1', invoiceIds });
    expect(
      rounds.map((round) => ({ on: round.at.slice(0, 10), state: round.state, code: round.declineCode })),
    ).toEqual(
      [1, 2, 3, 4].map((day) => ({ on: `2026-02-0${day}`, state: 'declined', code: 'insufficient_funds' })),
    );
  });

  const openCase = async (change: Partial<CollectionRow> = {}) => {
    const accountId = await account();
    const invoiceId = `inv_${no}`;
    await real.payable(invoiceId, accountId);
    const row = {
      ...newCase({
        accountId,
        currency: 'EUR',
        policy: { ...defaultDunningPolicy, minimumMinor: 2_000 },
        zone: 'UTC',
        at,
      }),
      ...change,
    };
    await real.rows(tenant, Collections).insertOne(row);
    return { accountId, caseId: row._id, invoiceId, processId: `collection/${tenant}/${accountId}` };
  };
  const credit = (invoiceId: string, accountId: string, openMinor: number) =>
    real.get(PayableService).receive(tenant, at, [
      {
        ...{
          invoiceId,
          revision: 2,
          accountId,
          invoiceNumber: 'INV',
          currency: 'EUR',
          totalMinor: 10_000,
          openMinor,
        },
        ...{ issuedOn: '2026-01-01', dueOn: '2026-01-15', writtenOffAt: null, appliedPaymentIds: [] },
      },
    ]);

  it('a case whose process never began is started again by the daily round; one that looks is left alone', async () => {
    const { caseId, processId } = await openCase();
    const tomorrow = '2026-02-02T06:00:00.000Z';
    const round = () => real.get(CollectionService).openCollections(tenant, '2026-02-02', tomorrow, 1_000);
    await round();
    expect(await outbox(processId)).toBe(1);
    await real.get(CaseStateService).look(tenant, caseId, tomorrow);
    await round();
    expect(await outbox(processId)).toBe(1);
  });

  it('a credit that leaves less than the minimum wakes the case at once', async () => {
    const { accountId, invoiceId, processId } = await openCase();
    await credit(invoiceId, accountId, 1_500);
    expect(await outbox(processId)).toBe(1);
  });

  it('a credit that may take a bar its ground wakes the case at once', async () => {
    const { accountId, invoiceId, processId } = await openCase({ restricted: true });
    await credit(invoiceId, accountId, 9_000);
    expect(await outbox(processId)).toBe(1);
  });

  it('a debt that was paid just before it is handed over goes to no agency, and the bar has a case that lifts it', async () => {
    const steps = [{ levelId: 'd10', what: 'restrict: barOutgoing', at }];
    const { accountId, caseId } = await openCase({ restricted: true, wasRestricted: true, steps });
    await real.rows(tenant, Payables).updateOne({ accountId }, { $set: { openMinor: 0 } });
    await real.get(DunningService).close(tenant, caseId, 'handedOver', at);
    const rows = await real
      .rows<CollectionRow>(tenant, Collections)
      .find({ accountId }, { sort: { openedAt: 1 } });
    expect(rows.find(({ _id }) => _id === caseId)).toMatchObject({
      state: 'closed',
      endedAtAgency: { how: 'settled' },
    });
    expect(rows.find(({ _id }) => _id !== caseId)).toMatchObject({ state: 'open', restricted: true });
  });

  it("another tenant's charge, case and invoice are nobody's here", async () => {
    const accountId = await account();
    const payment = paymentOf(accountId, { gatewayId: 'ch_mine' });
    await real.rows(tenant, Payments).insertOne(payment);
    await real.database.transaction(() =>
      real.get(ReversalService).hear(otherTenant, at, 'sandbox', {
        ...{
          kind: 'returned',
          returnId: 'rt_1',
          gatewayId: 'ch_mine',
          amountMinor: 10_000,
          reason: 'AM04',
          byPayer: false,
        },
      }),
    );
    expect(await real.get(PaymentRepository).one(tenant, payment._id)).toEqual(
      expect.objectContaining({ state: 'succeeded' }),
    );
  });

  it("a dispute told in another currency takes what the payment has, not a number of somebody else's cents", async () => {
    const accountId = await account();
    await real
      .rows(tenant, Payments)
      .insertOne(paymentOf(accountId, { gatewayId: 'ch_fx', purpose: 'invoice' }));
    await real.database.transaction(() =>
      real.get(ReversalService).hear(tenant, at, 'sandbox', {
        ...{ kind: 'dispute', disputeId: 'dp_fx', gatewayId: 'ch_fx', amountMinor: 1_200, currency: 'JPY' },
        ...{ reason: 'fraudulent', state: 'opened', fundsWithdrawn: true, respondBy: null },
      }),
    );
    expect(await real.rows(tenant, Payments).findOne({ gatewayId: 'ch_fx' })).toMatchObject({
      reversedMinor: 10_000,
    });
  });

  it('a plan or a promise whose money is on its way at the end of its time is broken only when it does not come', async () => {
    const promise = { amountMinor: 10_000, until: '2026-02-03T00:00:00.000Z' };
    const { accountId, caseId, invoiceId } = await openCase({
      promise,
      promises: [{ ...promise, madeAt: at, owedMinor: 10_000, state: 'open' }],
      plan: {
        ...{ planId: 'pln_1', totalMinor: 10_000, state: 'active', agreedAt: at, endedAt: null },
        instalments: [{ no: 1, dueOn: '2026-02-02', amountMinor: 10_000 }],
        ...{ autoCharge: true, graceDays: 0, restoreService: true },
        invoiceIds: [`inv_${no + 1}`],
      },
    });
    expect(invoiceId).toBe(`inv_${no}`);
    const attempt = attemptOf(accountId, { invoiceId, state: 'pending', amountMinor: 10_000 });
    const held = { attemptId: attempt._id, paymentId: attempt.paymentId, amountMinor: 10_000, state: 'held' };
    await real.rows(tenant, Attempts).insertOne(attempt);
    await real.rows(tenant, Payables).updateOne({ _id: invoiceId }, { $set: { reservations: [held] } });
    const later = '2026-02-05T12:00:00.000Z';
    const states = async () => {
      const { move } = await real.get(CaseStateService).look(tenant, caseId, later);
      const row = (await real
        .rows<CollectionRow>(tenant, Collections)
        .findOne({ _id: caseId })) as CollectionRow;
      return {
        plan: row.plan?.state,
        promise: row.promises?.[0]?.state,
        why: 'why' in move ? move.why : move.kind,
      };
    };
    expect(await states()).toEqual({ plan: 'active', promise: 'open', why: 'a payment is under way' });
    await real.rows(tenant, Attempts).updateOne({ _id: attempt._id }, { $set: { state: 'declined' } });
    await real.rows(tenant, Payables).updateOne({ _id: invoiceId }, { $set: { reservations: [] } });
    expect(await states()).toMatchObject({ plan: 'defaulted', promise: 'broken' });
  });

  it('a dispute that is won gives back a card that it alone had stopped, not one that was stolen meanwhile', async () => {
    const stolen = { category: 'fraud', code: 'stolen_card', at };
    const after = async (meanwhile: object | null) => {
      const accountId = await account();
      const attempt = attemptOf(accountId, { state: 'succeeded', methodId: `pm_${accountId}` });
      await real.rows(tenant, Attempts).insertOne(attempt);
      const charge = `ch_w${no}`;
      const disputed = paymentOf(accountId, {
        gatewayId: charge,
        purpose: 'invoice',
        attemptId: attempt._id,
      });
      await real.rows(tenant, Payments).insertOne(disputed);
      const dispute = (state: 'opened' | 'won') =>
        real.database.transaction(() =>
          real.get(ReversalService).hear(tenant, at, 'sandbox', {
            ...{ kind: 'dispute', disputeId: `dp_${charge}`, gatewayId: charge, amountMinor: 10_000 },
            ...{ currency: 'EUR', reason: 'fraudulent', state, fundsWithdrawn: true, respondBy: null },
          }),
        );
      await dispute('opened');
      const _id = `pm_${accountId}`;
      if (meanwhile)
        await real.rows(tenant, PaymentMethods).updateOne({ _id }, { $set: { lastDecline: meanwhile } });
      await dispute('won');
      return (await real.rows<PaymentMethodRow>(tenant, PaymentMethods).findOne({ _id }))?.lastDecline;
    };
    expect(await after(null)).toBeNull();
    expect(await after(stolen)).toEqual(stolen);
  });

  it('what is asked of every case and of every unknown dispute does not read all attempts there ever were', async () => {
    const accountId = await account();
    const done = (each: number) => attemptOf(accountId, { key: `old${each}`, state: 'succeeded' });
    await real.rows(tenant, Attempts).insertMany(Array.from({ length: 2_000 }, (_, each) => done(each)));
    const watched = ['created', 'pending', 'unknown', 'requiresAction'];
    const open = { tenantId: tenant, state: { $in: watched, $ne: 'requiresAction' } };
    for (const filter of [
      { ...open, accountId: { $in: [accountId] }, purpose: 'invoice' },
      { ...open, gateway: 'sandbox', $or: [{ gatewayId: 'ch_unknown' }, { gatewayId: null }] },
      { tenantId: tenant, state: 'created', reason: 'due' },
      { tenantId: tenant, state: 'requiresAction', accountId: { $in: [accountId] } },
      { tenantId: tenant, state: { $in: watched }, nextLookUpAt: { $type: 'string', $lte: at } },
      { tenantId: tenant, state: { $in: watched }, nextLookUpAt: null, awaitsDecision: true },
    ]) {
      const plan = await real.database.db.collection('attempts').find(filter).explain('executionStats');
      expect(plan['executionStats']).toMatchObject({ executionSuccess: true });
      const { totalDocsExamined } = plan['executionStats'] as { totalDocsExamined: number };
      expect(totalDocsExamined).toBeLessThan(50);
    }
  });
});
