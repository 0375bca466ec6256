import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { benchContext, type Principal, ServiceDatabase } from '@tollkeeper/platform';
import { freePort, type RunningProcess, startMongod } from '../../tools/engines';
import { PaymentsModule } from '../../libs/payments/src/payments.module';
import {
  type PaymentMethodRow,
  Payers,
  PaymentMethods,
} from '../../libs/payments/src/methods/payment-method.schema';
import { type PayableRow, Payables } from '../../libs/payments/src/payables/payable.schema';
import { AccountCopies, TenantProfiles } from '../../libs/payments/src/payers/profile.schema';
import { BankAccounts } from '../../libs/payments/src/statements/bank-account.schema';

export const tenant = 'ten_races';
export const otherTenant = 'ten_other';
export const clerk: Principal = {
  ...{ kind: 'staff', tenantId: tenant, subject: 'usr_1', name: 'Clara Clerk' },
  ...{ roles: ['billing', 'finance', 'care'], scopes: [], accountId: null },
};

/** Books a key once, as the sandbox gateway does; answers as `answer` says, after `hold` has let go. */
export class GatewayStub {
  readonly booked = new Map<string, { id: string; amountMinor: number }>();
  calls = 0;
  hold: Promise<void> = Promise.resolve();
  /** Of a charge, where it is not what was asked for. */
  refuses: (key: string) => boolean = () => false;
  takes: (key: string) => { amountMinor: number; currency: string } | null = () => null;
  private server: Server | null = null;

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        void this.answer(
          request.method ?? '',
          request.url ?? '',
          text,
          String(request.headers['idempotency-key'] ?? ''),
        ).then(({ status, body }) => {
          response.writeHead(status, { 'content-type': 'application/json' });
          response.end(JSON.stringify(body));
        });
      });
    });
    await new Promise<void>((done) => this.server?.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.server?.closeAllConnections();
    return new Promise((done) => this.server?.close(() => done()));
  }

  private async answer(
    method: string,
    url: string,
    text: string,
    key: string,
  ): Promise<{ status: number; body: object }> {
    this.calls += 1;
    await this.hold;
    if (method === 'POST' && url === '/v1/charges') {
      const { amountMinor } = JSON.parse(text) as { amountMinor: number };
      if (this.refuses(key))
        return { status: 402, body: { status: 'declined', declineCode: 'insufficient_funds' } };
      const known = this.booked.get(key) ?? { id: `ch_${this.booked.size + 1}`, amountMinor };
      this.booked.set(key, known);
      return {
        status: 200,
        body: { status: 'succeeded', id: known.id, networkTransactionId: null, ...this.takes(key) },
      };
    }
    if (url.startsWith('/v1/tokens/'))
      return {
        status: 200,
        body: { brand: 'visa', last4: '4242', expiry: '2031-12', fingerprint: `fp_${url}` },
      };
    if (url === '/v1/due') return { status: 200, body: { nextAt: null } };
    if (url.startsWith('/v1/charges?reference=')) {
      const reference = decodeURIComponent(url.split('=')[1] ?? '');
      const taken = this.takes(reference);
      const rest = { status: 'succeeded', reference, networkTransactionId: null, declineCode: null };
      const known = this.booked.get(reference);
      const booked = known && { ...known, currency: 'EUR' };
      const charge = taken ? { id: `ch_of_${reference}`, ...taken } : booked;
      const charges = charge ? [{ ...rest, ...charge }] : [];
      return { status: 200, body: { charges, hasMore: false } };
    }
    return { status: 200, body: {} };
  }
}

/** The payments service on a mongod of its own, without doors and without processes. */
export class RealPayments {
  private constructor(
    private readonly folder: string,
    private readonly mongod: RunningProcess | undefined,
    private readonly app: INestApplicationContext,
    readonly gateway: GatewayStub,
  ) {}

  /** `edge`: another gateway than the stub, on the same mongod; it answers what settings find it. */
  static async start(edge?: (mongoUri: string) => Promise<Record<string, string>>): Promise<RealPayments> {
    const folder = await mkdtemp(join(tmpdir(), 'payments-races-'));
    const { uri, process: mongod } = await startMongod({
      dataFolder: folder,
      port: await freePort(),
      log: () => undefined,
    });
    const gateway = new GatewayStub();
    const environment = {
      MONGODB_URI: uri,
      SANDBOX_GATEWAY_URL: await gateway.start(),
      STORAGE_FOLDER: join(folder, 'storage'),
      ...(await edge?.(uri)),
    };
    const app = await benchContext({ module: PaymentsModule }, environment);
    const payments = new RealPayments(folder, mongod, app, gateway);
    for (const each of [tenant, otherTenant])
      await payments
        .rows(each, TenantProfiles)
        .insertOne({ _id: each, revision: 1, zone: 'UTC', currency: 'EUR' });
    return payments;
  }

  async stop(): Promise<void> {
    await this.database.close();
    await this.gateway.stop();
    await this.mongod?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  get<Service>(type: Type<Service>): Service {
    return this.app.get(type, { strict: false });
  }

  get database(): ServiceDatabase {
    return this.get(ServiceDatabase as unknown as Type<ServiceDatabase>);
  }

  rows<Row extends object>(
    tenantId: string,
    definition: Parameters<ReturnType<ServiceDatabase['tenant']>['collection']>[0],
  ) {
    return this.database.tenant(tenantId).collection<Row>(definition as never);
  }

  async account(accountId: string, tenantId = tenant): Promise<void> {
    await this.rows(tenantId, AccountCopies).insertOne({
      ...{ _id: accountId, revision: 1, customerName: 'Ada Lovelace', zone: 'UTC', currency: 'EUR' },
      ...{ dunningPolicyId: null, country: 'US', customerKind: 'person', flags: [] },
    });
  }

  /** Of the operator, at which statements are taken. */
  async bankAccount(account: string): Promise<void> {
    const own = { bankAccountId: 'main', name: 'Main', account, currency: 'EUR', csv: null };
    const changedAt = '2026-01-01T00:00:00.000Z';
    await this.rows(tenant, BankAccounts).insertOne({ _id: `${tenant}/main`, ...own, changedAt });
  }

  async card(accountId: string, tenantId = tenant): Promise<void> {
    const method: PaymentMethodRow = {
      ...{
        _id: `pm_${accountId}`,
        accountId,
        gateway: 'sandbox',
        token: `tok_ok.${accountId}`,
        brand: 'visa',
      },
      ...{ last4: '4242', expiry: '2031-12', fingerprint: `fp_${accountId}`, lastDecline: null },
      ...{ createdAt: '2026-01-01T00:00:00.000Z', removedAt: null },
    };
    await this.rows(tenantId, PaymentMethods).insertOne(method);
    await this.rows(tenantId, Payers).insertOne({
      _id: accountId,
      defaultMethodId: method._id,
      autoPay: true,
    });
  }

  async payable(
    invoiceId: string,
    accountId: string,
    change: Partial<PayableRow> = {},
    tenantId = tenant,
  ): Promise<void> {
    await this.rows(tenantId, Payables).insertOne({
      ...{ _id: invoiceId, revision: 1, accountId, invoiceNumber: invoiceId.toUpperCase(), currency: 'EUR' },
      ...{
        totalMinor: 10_000,
        openMinor: 10_000,
        issuedOn: '2026-01-01',
        dueOn: '2026-01-15',
        writtenOffAt: null,
      },
      ...{ reservations: [], autoChargedAt: null, autoSkippedOn: null, givenUpBy: null },
      ...change,
    });
  }
}
