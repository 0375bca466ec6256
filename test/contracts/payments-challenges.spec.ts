import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PayableFact } from '@tollkeeper/contracts';
import { Books } from '../../apps/sandbox-gateway/books';
import { buildServer } from '../../apps/sandbox-gateway/server';
import { readSettings } from '../../apps/sandbox-gateway/settings';
import { type AttemptRow, Attempts } from '../../libs/payments/src/attempts/attempt.schema';
import { AttemptService } from '../../libs/payments/src/attempts/attempt.service';
import { LookUpService } from '../../libs/payments/src/attempts/look-up.service';
import { LateConfirmations } from '../../libs/payments/src/challenges/late-confirmations.service';
import { Gateways } from '../../libs/payments/src/gateway/gateways';
import { PayableService } from '../../libs/payments/src/payables/payable.service';
import { type PaymentRow, Payments } from '../../libs/payments/src/received/payment.schema';
import { WebhookService } from '../../libs/payments/src/webhooks/webhook.service';
import { clerk, RealPayments, tenant } from './real-payments';

const at = '2026-02-01T12:00:00.000Z';
const key = 'key_for_specs';

/** The payments service and the sandbox gateway as they are, on one MongoDB; news of the gateway are told by hand. */
describe('a challenge whose debt is paid otherwise', () => {
  let real: RealPayments;
  let gateway: Server;
  let books: Books;
  let url = '';
  let no = 0;

  beforeAll(async () => {
    real = await RealPayments.start(async (uri) => {
      const settings = readSettings({
        ...{ PORT: '0', MONGODB_URI: uri, SANDBOX_GATEWAY_KEY: key },
        ...{ SANDBOX_WEBHOOK_URL: 'http://127.0.0.1:1/away', SANDBOX_WEBHOOK_SECRET: 'secret_for_specs' },
      });
      books = new Books(uri);
      await books.open();
      gateway = createServer(buildServer(settings, books, () => url));
      await new Promise<void>((listening) => gateway.listen(0, '127.0.0.1', listening));
      url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
      return { SANDBOX_GATEWAY_URL: url, SANDBOX_GATEWAY_KEY: key };
    });
  });
  afterAll(async () => {
    await new Promise<unknown>((closed) => gateway.close(closed).closeAllConnections());
    await books.close();
    await real.stop();
  });

  /** An invoice of 100.00 and a charge of it that waits for its card holder. */
  async function waiting(): Promise<AttemptRow & { invoiceId: string; actionUrl: string }> {
    const accountId = `acc_${++no}`;
    const invoiceId = `inv_${no}`;
    await real.account(accountId);
    await real.payable(invoiceId, accountId);
    const intent: AttemptRow = {
      ...real.get(AttemptService).intent(
        {
          ...{ key: `${invoiceId}/due/1`, reason: 'due', purpose: 'invoice', accountId, invoiceId },
          ...{ amountMinor: 10_000, currency: 'EUR' },
        },
        null,
        at,
      ),
      token: `tok_action.${no}`,
    };
    await real.rows(tenant, Attempts).insertOne(intent);
    const [asked] = await real.get(AttemptService).send(tenant, at, [intent]);
    expect(asked?.state).toBe('requiresAction');
    return { ...(asked as AttemptRow), invoiceId, actionUrl: asked?.actionUrl ?? '' };
  }
  const openIs = (openMinor: number, attempt: AttemptRow, revision = 2, change: Partial<PayableFact> = {}) =>
    real.get(PayableService).receive(tenant, at, [
      {
        ...{ invoiceId: attempt.invoiceId ?? '', revision, accountId: attempt.accountId },
        ...{ invoiceNumber: 'INV', currency: 'EUR', totalMinor: 10_000, openMinor },
        ...{ issuedOn: '2026-01-01', dueOn: '2026-01-15', writtenOffAt: null, appliedPaymentIds: [] },
        ...change,
      },
    ]);
  const attemptNow = ({ _id }: AttemptRow) => real.rows<AttemptRow>(tenant, Attempts).findOne({ _id });
  const paymentsOf = ({ accountId }: AttemptRow) =>
    real.rows<PaymentRow>(tenant, Payments).find({ accountId });
  const confirm = async ({ actionUrl }: { actionUrl: string }) =>
    (await fetch(actionUrl, { method: 'POST' })).status;
  const chargesOf = async ({ key: reference }: AttemptRow) =>
    (await books.charges.find({ tenantId: tenant, reference }).toArray()).length;
  const fault = (method: string, body?: object) =>
    fetch(`${url}/v1/faults`, {
      method,
      headers: {
        ...{ authorization: `Bearer ${key}`, 'content-type': 'application/json', 'x-tenant': tenant },
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  /** As its webhook would. */
  const tellBooked = async (attempt: AttemptRow) => {
    const charge = await books.charges.findOne({ tenantId: tenant, reference: attempt.key });
    const gatewayId = charge?._id ?? '';
    const finding = { state: 'succeeded' as const, gatewayId, networkTransactionId: null };
    await real.get(WebhookService).receive({
      ...{ tenantId: tenant, gateway: 'sandbox', eventId: `evt_${gatewayId}`, type: 'charge.settled' },
      events: [{ kind: 'charge', key: attempt.key, finding }],
    });
  };
  const toldOf = async ({ accountId }: AttemptRow, template: string) => {
    const rows = await real.database.db.collection('outbox').find().toArray();
    const said = JSON.stringify(rows.filter((row) => JSON.stringify(row).includes(`"${accountId}"`)));
    return said.includes(`"${template}"`) ? said : '';
  };

  it('is cancelled at the gateway within the news of it: its page says 410, and nothing is booked', async () => {
    const attempt = await waiting();
    await openIs(0, attempt);
    expect(await attemptNow(attempt)).toMatchObject({
      ...{ state: 'cancelled', actionUrl: null, nextLookUpAt: null, declineCode: null },
    });
    expect(await confirm(attempt)).toBe(410);
    expect(await chargesOf(attempt)).toBe(0);
    expect(await paymentsOf(attempt)).toEqual([]);
  });

  it.each([
    ['half of it was paid: it asks for too much', 5_000, {}, 'cancelled'],
    ['nothing was paid', 10_000, {}, 'requiresAction'],
    ['it was written off: who pays it is welcome', 0, { writtenOffAt: at }, 'requiresAction'],
  ])('%s', async (_what, openMinor, change, state) => {
    const attempt = await waiting();
    await openIs(openMinor, attempt, 2, change);
    expect((await attemptNow(attempt))?.state).toBe(state);
  });

  it('was confirmed just before: the cancelling changes nothing, its money is booked and goes back', async () => {
    const attempt = await waiting();
    expect(await confirm(attempt)).toBe(200);
    await openIs(0, attempt);
    await tellBooked(attempt);
    expect((await attemptNow(attempt))?.state).toBe('succeeded');
    expect(await paymentsOf(attempt)).toMatchObject([{ amountMinor: 10_000, surplus: 'refund' }]);
    expect(await toldOf(attempt, 'paymentReceived')).toContain('"paidBefore":"refund"');
  });

  it('by policy such money stays as credit, and the payer is told so', async () => {
    await real.get(LateConfirmations).change(clerk, { surplus: 'credit', reason: 'as before' });
    const attempt = await waiting();
    await confirm(attempt);
    await openIs(0, attempt);
    await tellBooked(attempt);
    const [payment] = await paymentsOf(attempt);
    expect(payment).toMatchObject({ amountMinor: 10_000 });
    expect(payment?.surplus ?? null).toBeNull();
    expect(await toldOf(attempt, 'paymentReceived')).toContain('"paidBefore":"credit"');
    await real.get(LateConfirmations).change(clerk, { surplus: 'refund', reason: 'back again' });
  });

  it('a gateway that is away is told later, by the daily round', async () => {
    const attempt = await waiting();
    await fault('POST', { downUntilCleared: true });
    await openIs(0, attempt);
    expect(await attemptNow(attempt)).toMatchObject({
      ...{ state: 'requiresAction', cancelsSince: at, nextLookUpAt: '2026-02-01T13:00:00.000Z' },
    });
    await fault('DELETE');
    await real.get(LookUpService).resolveUnknown(tenant, '2026-02-02T06:00:00.000Z', 100);
    expect((await attemptNow(attempt))?.state).toBe('cancelled');
    expect(await confirm(attempt)).toBe(410);
  });

  it('paid while the gateway was still being asked: the challenge is withdrawn by the next round', async () => {
    const accountId = `acc_${++no}`;
    const invoiceId = `inv_${no}`;
    await real.account(accountId);
    await real.payable(invoiceId, accountId, { openMinor: 0 });
    const wanted = { key: `${invoiceId}/due/1`, reason: 'due', purpose: 'invoice' as const, accountId };
    const amount = { invoiceId, amountMinor: 10_000, currency: 'EUR' };
    const intent = {
      ...real.get(AttemptService).intent({ ...wanted, ...amount }, null, at),
      token: 'tok_action',
    };
    await real.rows(tenant, Attempts).insertOne(intent);
    await real.get(AttemptService).send(tenant, at, [intent]);
    expect(await attemptNow(intent)).toMatchObject({ state: 'requiresAction', nextLookUpAt: at });
    await real.get(LookUpService).resolveUnknown(tenant, '2026-02-02T06:00:00.000Z', 100);
    expect((await attemptNow(intent))?.state).toBe('cancelled');
  });

  it('confirmed and cancelled at the same moment: one of them wins, whoever it is, and all agree on it', async () => {
    const sandbox = real.get(Gateways).of('sandbox');
    for (let round = 0; round < 8; round += 1) {
      const attempt = await waiting();
      const cancel = () => sandbox.cancel({ tenantId: tenant, at, key: attempt.key, gatewayId: null });
      const [page, cancelled] = await Promise.all([confirm(attempt), cancel()]);
      expect([page, cancelled.state === 'cancelled', await chargesOf(attempt)]).toEqual(
        page === 200 ? [200, false, 1] : [410, true, 0],
      );
      // A repeat is answered as the first.
      expect((await cancel()).state === 'cancelled').toBe(page === 410);
      expect(await confirm(attempt)).toBe(page);
    }
  });

  it("another tenant's reference, and one that nobody knows, cancel nothing", async () => {
    const attempt = await waiting();
    const sandbox = real.get(Gateways).of('sandbox');
    const others = { tenantId: 'ten_other', at, key: attempt.key, gatewayId: null };
    expect((await sandbox.cancel(others)).state).toBe('unavailable');
    expect((await sandbox.cancel({ ...others, tenantId: tenant, key: 'none' })).state).toBe('unavailable');
    expect(await confirm(attempt)).toBe(200);
  });
});
