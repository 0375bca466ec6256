import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clerk, RealPayments, tenant } from './real-payments';
import { type AttemptRow, Attempts } from '../../libs/payments/src/attempts/attempt.schema';
import { ChargingService } from '../../libs/payments/src/attempts/charging.service';
import { defaultDunningPolicy } from '../../libs/payments/src/domain/dunning/default-dunning-policy';
import { CaseAgreements } from '../../libs/payments/src/dunning/case-agreements.service';
import { CaseStateService } from '../../libs/payments/src/dunning/case-state.service';
import { type CollectionRow, Collections } from '../../libs/payments/src/dunning/collection.schema';
import { InstalmentCharging } from '../../libs/payments/src/dunning/instalment-charging.service';
import { newCase } from '../../libs/payments/src/dunning/new-case';
import { DunningPolicyRepository } from '../../libs/payments/src/dunning/policies/dunning-policy.repository';
import { PaymentMethods } from '../../libs/payments/src/methods/payment-method.schema';
import { type PayableRow, Payables } from '../../libs/payments/src/payables/payable.schema';

const at = '2026-02-02T12:00:00.000Z';
const on = '2026-02-02';

describe('payments, what was agreed with a debtor and what is charged all the same, on a real MongoDB', () => {
  let real: RealPayments;
  let no = 0;
  beforeAll(async () => {
    real = await RealPayments.start();
    await real.get(DunningPolicyRepository).insert(tenant, defaultDunningPolicy, at);
  });
  afterAll(() => real.stop());

  const debtor = async (change: Partial<CollectionRow> = {}, payable: Partial<PayableRow> = {}) => {
    const [accountId, invoiceId] = [`acc_${++no}`, `inv_${no}`];
    await real.account(accountId);
    await real.card(accountId);
    const row = {
      ...newCase({ accountId, currency: 'EUR', policy: defaultDunningPolicy, zone: 'UTC', at }),
      ...change,
    };
    await real.rows(tenant, Collections).insertOne(row);
    await real.payable(invoiceId, accountId, { autoChargedAt: at, ...payable });
    return { accountId, invoiceId, caseId: row._id };
  };
  const mandate = {
    ...{ mandateId: 'M-1', signedOn: '2025-01-01', lastUsedOn: '2026-01-01', cancelledOn: null },
    ...{ preNoticeDays: 14 },
  };
  /** A debit of the whole debt that its case has announced, and that is to be handed in today. */
  const announced = async (caseId: string | null, debt: { accountId: string; invoiceId: string }) => {
    const change = { kind: 'sepaDebit', brand: 'sepa debit', mandate };
    await real
      .rows(tenant, PaymentMethods)
      .updateOne({ _id: `pm_${debt.accountId}` }, { $set: change as never });
    const debit = {
      ...{ methodId: `pm_${debt.accountId}`, scheme: 'sepa', mandateId: 'M-1', sequence: 'RCUR' },
      ...{ amountMinor: 10_000, announcedOn: '2026-01-19', submitOn: on, collectOn: '2026-02-03' },
      ...{ submittedOn: null, caseId },
    };
    await real.rows(tenant, Payables).updateOne({ _id: debt.invoiceId }, { $set: { debit } as never });
  };
  const chargedOf = async (accountId: string) =>
    (await real.rows<AttemptRow>(tenant, Attempts).find({ accountId })).map(({ amountMinor }) => amountMinor);
  const round = () => real.get(ChargingService).chargeDue(tenant, on, at, 100);
  const debitOf = async (invoiceId: string) =>
    ((await real.rows<PayableRow>(tenant, Payables).findOne({ _id: invoiceId })) as PayableRow).debit;
  const dispute = (invoiceId: string, amountMinor: number, openedAt = at) => ({
    ...{ disputeId: `dsp_${++no}`, invoiceId, amountMinor, reason: 'roaming', openedAt },
    ...{ closedAt: null, outcome: null },
  });
  const inTwo = [
    { dueOn: '2030-01-01', amountMinor: 3_500 },
    { dueOn: '2030-02-01', amountMinor: 3_500 },
  ];
  const wanted = { instalments: inTwo, autoCharge: true, graceDays: 0, restoreService: true };

  it('a plan for 70.00 of which 30.00 more is disputed: its first instalment is 35.00, and paying it keeps the plan', async () => {
    const debt = await debtor();
    const { accountId, invoiceId, caseId } = debt;
    await real
      .rows(tenant, Collections)
      .updateOne({ _id: caseId }, { $set: { disputes: [dispute(invoiceId, 3_000)] } as never });
    const { plan } = await real.get(CaseAgreements).plan(clerk, caseId, wanted, 'two months');
    expect(plan).toMatchObject({ totalMinor: 7_000 });
    const day = '2030-01-01T09:00:00.000Z';
    await real.get(InstalmentCharging).charge(tenant, caseId, 1, day);
    expect(await chargedOf(accountId)).toEqual([3_500]);
    await real.get(CaseStateService).look(tenant, caseId, '2030-01-05T09:00:00.000Z');
    const row = await real.rows<CollectionRow>(tenant, Collections).findOne({ _id: caseId });
    expect(row).toMatchObject({ plan: { state: 'active' } });
    await real.get(CaseStateService).look(tenant, caseId, '2030-02-05T09:00:00.000Z');
    const late = await real.rows<CollectionRow>(tenant, Collections).findOne({ _id: caseId });
    expect(late).toMatchObject({ plan: { state: 'defaulted' } });
  });

  it('a promise that is kept stays kept when the next invoice falls due meanwhile', async () => {
    const { accountId, invoiceId, caseId } = await debtor();
    const promise = { amountMinor: 10_000, until: '2027-01-10T00:00:00.000Z' };
    await real.get(CaseAgreements).promise(clerk, caseId, promise, 'by phone');
    await real.payable(`${invoiceId}_next`, accountId, { dueOn: '2027-01-01', autoChargedAt: at });
    await real.rows(tenant, Payables).updateOne({ _id: invoiceId }, { $set: { openMinor: 0 } });
    await real.get(CaseStateService).look(tenant, caseId, '2027-01-20T09:00:00.000Z');
    const row = await real.rows<CollectionRow>(tenant, Collections).findOne({ _id: caseId });
    expect(row?.promises?.map(({ state }) => state)).toEqual(['kept']);
  });

  it('a debit that its case has announced waits while a promise or a hold stands, and is handed in after it', async () => {
    const promise = { amountMinor: 10_000, until: '2026-02-20T00:00:00.000Z' };
    const promised = await debtor({ promise });
    const held = await debtor({ hold: { kind: 'hardship', reason: 'ill', until: null } as never });
    for (const each of [promised, held]) await announced(each.caseId, each);
    await round();
    for (const { accountId, invoiceId } of [promised, held]) {
      expect(await chargedOf(accountId)).toEqual([]);
      expect(await debitOf(invoiceId)).toMatchObject({ submitOn: '2026-02-03', collectOn: '2026-02-04' });
    }
    await real
      .rows(tenant, Collections)
      .updateOne({ _id: promised.caseId }, { $set: { promise: null } as never });
    await real.get(ChargingService).chargeDue(tenant, '2026-02-03', '2026-02-03T06:00:00.000Z', 100);
    expect(await chargedOf(promised.accountId)).toEqual([10_000]);
    expect(await chargedOf(held.accountId)).toEqual([]);
  });

  it('an announced debit leaves out what is disputed since, and a plan ends it', async () => {
    const disputed = await debtor();
    await announced(disputed.caseId, disputed);
    await real.rows(tenant, Collections).updateOne(
      { _id: disputed.caseId },
      {
        $set: { disputes: [dispute(disputed.invoiceId, 4_000)] } as never,
      },
    );
    const wholly = await debtor();
    await announced(null, wholly);
    await real.rows(tenant, Collections).updateOne(
      { _id: wholly.caseId },
      {
        $set: { disputes: [dispute(wholly.invoiceId, 10_000)] } as never,
      },
    );
    const planned = await debtor();
    await announced(planned.caseId, planned);
    const halves = inTwo.map((each) => ({ ...each, amountMinor: 5_000 }));
    await real.get(CaseAgreements).plan(clerk, planned.caseId, { ...wanted, instalments: halves }, 'asked');
    await round();
    expect(await chargedOf(disputed.accountId)).toEqual([6_000]);
    expect([await chargedOf(wholly.accountId), await debitOf(wholly.invoiceId)]).toEqual([[], null]);
    expect([await chargedOf(planned.accountId), await debitOf(planned.invoiceId)]).toEqual([[], null]);
  });

  it('auto-pay takes no invoice that a plan pays off, and of one in dispute the rest', async () => {
    const coming = { autoChargedAt: null, dueOn: on };
    const planned = await debtor({}, coming);
    const plan = { ...wanted, invoiceIds: [planned.invoiceId] };
    const halves = inTwo.map((each) => ({ ...each, amountMinor: 5_000 }));
    await real.get(CaseAgreements).plan(clerk, planned.caseId, { ...plan, instalments: halves }, 'asked');
    const disputed = await debtor({}, coming);
    await real.rows(tenant, Collections).updateOne(
      { _id: disputed.caseId },
      {
        $set: { disputes: [dispute(disputed.invoiceId, 4_000)] } as never,
      },
    );
    await round();
    expect(await chargedOf(planned.accountId)).toEqual([]);
    expect(await chargedOf(disputed.accountId)).toEqual([6_000]);
  });
});
