import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BusinessClock } from '@tollkeeper/platform';
import { RealPayments, tenant, clerk } from './real-payments';
import { Collections, type CollectionRow } from '../../libs/payments/src/dunning/collection.schema';
import { CaseAgreements } from '../../libs/payments/src/dunning/case-agreements.service';
import { CaseStateService } from '../../libs/payments/src/dunning/case-state.service';
import { DunningPolicyRepository } from '../../libs/payments/src/dunning/policies/dunning-policy.repository';
import { defaultDunningPolicy } from '../../libs/payments/src/domain/dunning/default-dunning-policy';
import { type PayerRow, Payers, PaymentMethods } from '../../libs/payments/src/methods/payment-method.schema';
import { PaymentMethodService } from '../../libs/payments/src/methods/payment-method.service';
import { PayerSettings } from '../../libs/payments/src/payers/payer-settings.service';
import { newCase } from '../../libs/payments/src/dunning/new-case';

const at = '2026-02-01T12:00:00.000Z';

describe('payments, several at once on a real MongoDB', () => {
  let real: RealPayments;
  let no = 0;
  beforeAll(async () => {
    real = await RealPayments.start();
    const policy = { ...defaultDunningPolicy, promises: { maxPerCase: 2, maxDays: 14, graceDays: 0 } };
    await real.get(DunningPolicyRepository).insert(tenant, policy, at);
  });
  afterAll(() => real.stop());

  const openCase = async (change: Partial<CollectionRow> = {}, invoices = 1) => {
    const own = ++no;
    const accountId = `acc_${own}`;
    await real.account(accountId);
    for (let each = 1; each <= invoices; each += 1) await real.payable(`inv_${own}_${each}`, accountId);
    const row = {
      ...newCase({ accountId, currency: 'EUR', policy: defaultDunningPolicy, zone: 'UTC', at }),
      ...change,
    };
    await real.rows(tenant, Collections).insertOne(row);
    return {
      accountId,
      caseId: row._id,
      invoices: Array.from({ length: invoices }, (_, each) => `inv_${own}_${each + 1}`),
    };
  };
  const caseRow = async (caseId: string) =>
    (await real.rows<CollectionRow>(tenant, Collections).findOne({ _id: caseId })) as CollectionRow;

  it('two disputes opened at once are two disputes', async () => {
    const { caseId, invoices } = await openCase({}, 2);
    const agreements = real.get(CaseAgreements);
    await Promise.all(
      invoices.map((invoiceId) =>
        agreements.dispute(clerk, caseId, { invoiceId, amountMinor: 4_000 }, 'wrong minutes'),
      ),
    );
    expect((await caseRow(caseId)).disputes?.map(({ invoiceId }) => invoiceId).sort()).toEqual(invoices);
  });

  it('of three promises at once, where two are allowed, two are made; one that was replaced counts', async () => {
    const { caseId } = await openCase();
    const until = new Date(Date.now() + 5 * 86_400_000).toISOString();
    const promise = (amountMinor: number) =>
      real.get(CaseAgreements).promise(clerk, caseId, { amountMinor, until }, 'pays on Friday');
    const made = await Promise.allSettled([8_000, 9_000, 10_000].map(promise));
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    const states = (await caseRow(caseId)).promises?.map(({ state }) => state);
    expect(states).toEqual(['replaced', 'open']);
  });

  it('a promise that is said twice is one', async () => {
    const { caseId } = await openCase();
    const until = new Date(Date.now() + 5 * 86_400_000).toISOString();
    const say = () =>
      real.get(CaseAgreements).promise(clerk, caseId, { amountMinor: 8_000, until }, 'pays on Friday');
    await Promise.all([say(), say(), say()]);
    expect((await caseRow(caseId)).promises?.map(({ state }) => state)).toEqual(['open']);
  });

  it('a promise that is made while the process looks at a broken one is kept, and the broken one stays broken', async () => {
    const broken = {
      amountMinor: 10_000,
      until: '2026-01-20T00:00:00.000Z',
      madeAt: '2026-01-18T00:00:00.000Z',
    };
    const promises = [{ ...broken, owedMinor: 10_000, state: 'open' as const }];
    const promise = { amountMinor: broken.amountMinor, until: broken.until };
    const cases = await Promise.all(Array.from({ length: 8 }, () => openCase({ promises, promise })));
    const now = new Date().toISOString();
    const until = new Date(Date.now() + 5 * 86_400_000).toISOString();
    await Promise.all(
      cases.flatMap(({ caseId }) => [
        real.get(CaseStateService).look(tenant, caseId, now),
        real.get(CaseAgreements).promise(clerk, caseId, { amountMinor: 9_000, until }, 'pays on Friday'),
      ]),
    );
    for (const { caseId } of cases)
      expect((await caseRow(caseId)).promises?.at(-1)).toMatchObject({ amountMinor: 9_000, state: 'open' });
  });

  it('a card that is added while the settings are being changed stays the default one', async () => {
    const accountId = 'acc_settings';
    await real.account(accountId);
    await real.card(accountId);
    const clock = real.get(BusinessClock);
    const wanted = { accountId, token: 'tok_ok.new', makeDefault: true, autoPay: true };
    const spied = jest.spyOn(clock, 'now').mockImplementationOnce(async () => {
      await real.get(PaymentMethodService).add(clerk, wanted);
      return new Date().toISOString();
    });
    await real
      .get(PayerSettings)
      .put(clerk, accountId, { autoPay: true, autoPayDaysBefore: 3, autoPayCap: null });
    spied.mockRestore();
    const added = await real.rows<{ _id: string }>(tenant, PaymentMethods).findOne({ token: wanted.token });
    const row = await real.rows<PayerRow>(tenant, Payers).findOne({ _id: accountId });
    expect(row).toMatchObject({ defaultMethodId: added?._id, autoPayDaysBefore: 3 });
  });
});
