import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectAuditToHold } from './audit';
import { eventually } from './eventually';
import { FaultStack } from './fault-stack';
import { mailsOf } from './mails';
import { Month } from './month';
import { patiently } from './patiently';

jest.setTimeout(420_000);

/** More, up to eight, while the relay has been quicker than every kill. */
const paymentsToKill = 3;
const mostPaymentsToKill = 8;
/** Less than payments waits for an answer, long enough for a kill between the answers and their record. */
const gatewayLatencyMs = 800;

interface Payable {
  accountId: string;
  invoiceId: string;
  invoiceNumber: string;
  open: { minor: number; currency: string };
}

describe('kill -9 between a commit and what follows from it', () => {
  let faults: FaultStack;
  let month: Month;

  beforeAll(async () => {
    faults = await FaultStack.start();
    const operatorKey = faults.stack.environment['OPERATOR_KEY'] ?? '';
    month = await Month.open({
      apiUrl: faults.apiUrl,
      operatorKey,
      seed: 13,
      records: 300,
      approval: 'automatic',
    });
    await month.importUsage();
    await month.draft();
  });
  afterAll(() => faults.stop());

  const rows = (service: string, collection: string, filter: object = {}) =>
    faults
      .rows(service, collection)
      .find({ tenantId: month.tenantId, ...filter })
      .toArray();
  const outboxIsEmpty = async () => (await rows('payments', 'outbox')).length === 0;

  it('what a POST answered with 201 wrote to the outbox arrives once', async () => {
    const payables = await month.api.all<Payable>(
      '/v1/payments/payables?open=true',
      ({ invoiceId }) => invoiceId,
    );
    const chosen: Payable[] = [];
    let leftInOutbox = 0;
    for (const payable of payables.slice(0, mostPaymentsToKill)) {
      if (chosen.length >= paymentsToKill && leftInOutbox > 0) break;
      chosen.push(payable);
      const { accountId, invoiceId, invoiceNumber, open } = payable;
      await patiently('a payment is recorded', () =>
        month.api.post('/v1/payments/payments', {
          accountId,
          invoiceId,
          amount: open,
          method: 'bank',
          reference: invoiceNumber,
          receivedAt: '2026-02-01T12:00:00.000Z',
        }),
      );
      await faults.stack.killApp('SIGKILL');
      leftInOutbox += (await rows('payments', 'outbox')).length;
      await faults.stack.startApp();
      await eventually('the relay has carried everything on', outboxIsEmpty);
    }
    expect(leftInOutbox).toBeGreaterThan(0);

    await month.advance('2026-02-01T13:00:00.000Z');
    for (const { invoiceId } of chosen) {
      expect(await rows('payments', 'payments', { invoiceId })).toHaveLength(1);
      expect(await rows('invoicing', 'allocations', { invoiceId })).toHaveLength(1);
      const [invoice] = await rows('invoicing', 'invoices', { _id: invoiceId });
      expect(invoice).toMatchObject({ paymentState: 'paid', openMinor: 0 });
    }
    const receipts = (await mailsOf(faults, month.tenantId)).filter(
      ({ template }) => template === 'paymentReceived',
    );
    expect(receipts.map(({ state }) => state)).toEqual(chosen.map(() => 'sent'));
  });

  it('charges that the gateway has booked, and payments has not, are booked once', async () => {
    const { tenantId } = month;
    await month.advance('2026-02-14T17:00:00.000Z');
    await faults.gatewayFault(tenantId, { latencyMs: gatewayLatencyMs });
    const kill = async () => {
      await eventually('the gateway has booked what payments does not know yet', async () => {
        const created = await rows('payments', 'attempts', { state: 'created', purpose: 'invoice' });
        const references = created.map(({ key }) => String(key));
        return faults
          .rows('sandbox-gateway', 'charges')
          .findOne({ tenantId, reference: { $in: references } });
      });
      await faults.killApp();
      await faults.gatewayFault(tenantId, {});
    };
    await Promise.all([month.advance('2026-02-15T17:00:00.000Z'), kill()]);

    const charges = await rows('sandbox-gateway', 'charges', { status: 'succeeded' });
    const charged = charges.map(({ reference }) => String(reference).split('/')[0]);
    expect(new Set(charged).size).toBe(charges.length);
    const payments = await rows('payments', 'payments', { gateway: 'sandbox' });
    expect(payments.map(({ gatewayId }) => String(gatewayId)).sort()).toEqual(
      charges.map(({ _id }) => String(_id)).sort(),
    );
  });

  it('and the audit holds', async () => {
    await month.advance('2026-02-17T17:00:00.000Z');
    await expectAuditToHold(faults.stack);
  });
});
