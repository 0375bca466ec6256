import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clerk, RealPayments, tenant } from './real-payments';
import { type PaymentRow, Payments } from '../../libs/payments/src/received/payment.schema';
import { ReversalService } from '../../libs/payments/src/reversals/reversal.service';
import { VoucherService } from '../../libs/payments/src/vouchers/voucher.service';
import { Findings } from '../../tools/audit/findings';
import { checkTakenBack, checkTopUps, checkVouchers } from '../../tools/audit/payments-own-rows';
import { TenantRows } from '../../tools/audit/tenant-rows';

const at = '2026-02-01T12:00:00.000Z';

describe('the audit finds a row that was doctored', () => {
  let real: RealPayments;
  beforeAll(async () => {
    real = await RealPayments.start();
    await real.account('acc_1');
    const { codes } = await real.get(VoucherService).issue(clerk, {
      ...{ name: 'Ten', count: 1, valueMinor: 1_000, currency: 'EUR', reason: 'a new batch' },
      expiresAt: '2030-01-01T00:00:00.000Z',
    });
    await real.get(VoucherService).redeem(clerk, 'acc_1', (codes[0] ?? '').replaceAll('-', ''));
    const payment: PaymentRow = {
      ...{ _id: 'pay_card', revision: 1, accountId: 'acc_1', invoiceId: null, subscriptionId: null },
      ...{ purpose: 'invoice', amountMinor: 5_000, currency: 'EUR', gateway: 'sandbox', gatewayId: 'ch_1' },
      ...{ attemptId: null, method: 'visa', reference: 'k', state: 'succeeded', renewal: null },
      ...{ refundedMinor: 0, receivedAt: at, recordedAt: at },
    };
    await real.rows(tenant, Payments).insertOne(payment);
    await real.database.transaction(() =>
      real.get(ReversalService).hear(tenant, at, 'sandbox', {
        ...{ kind: 'dispute', disputeId: 'dp_1', gatewayId: 'ch_1', amountMinor: 2_000, currency: 'EUR' },
        ...{ reason: 'fraudulent', state: 'opened', fundsWithdrawn: true, respondBy: null },
      }),
    );
  });
  afterAll(() => real.stop());

  const breaches = async () => {
    const client = real.database.db.client;
    const session = client.startSession({ snapshot: true });
    const findings = new Findings();
    const ground = { rows: new TenantRows(tenant, client, session) };
    for (const check of [checkTakenBack, checkTopUps, checkVouchers]) await check(ground, findings);
    await session.endSession();
    return findings.offenders.map(({ what }) => what);
  };
  /** Past our own repositories, which would write Longs. */
  const long = (value: unknown) => (typeof value === 'number' ? BigInt(value) : value);
  const doctor = (collection: string, filter: object, change: object) => {
    const stored = Object.entries(change).map(([field, value]) => [field, long(value)]);
    return real.database.db
      .collection(collection)
      .findOneAndUpdate(filter, { $set: Object.fromEntries(stored) as object });
  };

  it('nothing is wrong before', async () => expect(await breaches()).toEqual([]));

  it.each<[string, string, object, Record<string, unknown>, RegExp]>([
    [
      'less is away than was',
      'payments',
      { _id: 'pay_card' },
      { reversedMinor: 0 },
      /0 was taken back.*2000/,
    ],
    ['a reversal took more', 'reversals', {}, { amountMinor: 2_500 }, /2000 was taken back.*2500/],
    ['a top-up of more', 'topUpEntries', { what: 'topUp' }, { amountMinor: 9_000 }, /top-up of 1000.*9000/],
    ['of another account', 'topUpEntries', { what: 'topUp' }, { accountId: 'acc_2' }, /got 0 by it/],
    ['a voucher of another value', 'vouchers', {}, { valueMinor: 2_000 }, /redeemed for 2000/],
    ['a voucher that is good again', 'vouchers', {}, { state: 'issued' }, /issued and has paid/],
  ])('%s', async (_, collection, filter, change, found) => {
    const before = await doctor(collection, filter, change);
    const what = await breaches();
    await doctor(
      collection,
      filter,
      Object.fromEntries(Object.keys(change).map((field) => [field, before?.[field]])),
    );
    expect(what.join('\n')).toMatch(found);
    expect(await breaches()).toEqual([]);
  });
});
