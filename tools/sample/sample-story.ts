import type { ApiClient } from './api-client';
import { catalog } from './catalog';
import { deviceTaxRate, monthlyCycle, taxRates } from './operator';
import { sampleAccounts, type SampleAccount } from './subscribers';
import { sampleUsage, type UsageMonth } from './sample-usage';

export interface BillRunView {
  id: string;
  state: string;
  cutOffOn: string;
  review: {
    accounts: number;
    invoices: number;
    failed: number;
    totalMinor: number;
    currency: string;
    anomalies: string[];
  } | null;
}

export interface CollectionView {
  id: string;
  accountId: string;
  state: 'open' | 'closed';
  outcome: string | null;
  restricted: boolean;
}

interface AccountView {
  accountId: string;
  externalId: string;
}

interface PayableView {
  invoiceId: string;
  accountId: string;
  invoiceNumber: string;
  open: { minor: number; currency: string };
}

const importChunk = 100;

/** What an operator's people do, step by step, through the public API and nothing else. */
export class SampleStory {
  accounts: SampleAccount[] = [];
  cycleId = '';
  private readonly accountIds = new Map<string, string>();

  constructor(
    readonly api: ApiClient,
    private readonly say: (line: string) => void,
    private readonly seed: number,
  ) {}

  async loadCatalog(): Promise<void> {
    await this.api.post('/v1/catalog/import', catalog);
    const rates = [...taxRates, deviceTaxRate];
    await this.api.put('/v1/invoicing/tax-rates', { rates, reason: 'sample rates' });
    this.say(
      `catalog: ${catalog.offerings.length} plans and a deck of ${catalog.deck.entries.length} rates published`,
    );
  }

  async createCycle(approval: 'required' | 'automatic' = 'required'): Promise<void> {
    const cycle = {
      name: 'Monthly on the 1st',
      ...monthlyCycle,
      startsOn: '2026-01-01',
      approval,
      lateUsageDays: 5,
      collectHours: 6,
    };
    const created = await this.api.post<{ id: string }>('/v1/invoicing/cycles', cycle);
    this.cycleId = created.id;
  }

  async loadSubscribers(size = 1): Promise<void> {
    this.accounts = sampleAccounts(this.cycleId, size);
    for (let from = 0; from < this.accounts.length; from += importChunk) {
      const accounts = this.accounts.slice(from, from + importChunk).map(({ request }) => request);
      await this.api.post('/v1/customers/import', { accounts });
    }
    for (const { accountId, externalId } of await this.listAccounts())
      this.accountIds.set(externalId, accountId);
    await this.api.settle();
    await this.storeCards();
    const sims = this.accounts.reduce((sum, account) => sum + account.sims.length, 0);
    this.say(
      `customers: ${this.accounts.length} accounts with ${sims} SIMs on ${catalog.offerings.length} plans`,
    );
  }

  /** Uploads a month's file; the import runs as a process and is awaited by the next move of the clock. */
  async uploadUsage(month: UsageMonth): Promise<string> {
    const csv = sampleUsage(this.accounts, month, this.seed);
    const fileName = `usage-${month.from.slice(0, 7)}.csv`;
    const { importId } = await this.api.postCsv<{ importId: string }>(
      `/v1/rating/usage-imports?fileName=${fileName}`,
      csv,
    );
    return importId;
  }

  async run(cutOffOn: string): Promise<BillRunView> {
    const runs = await this.api.all<BillRunView>('/v1/invoicing/runs', ({ id }) => id);
    const run = runs.find((each) => each.cutOffOn === cutOffOn);
    if (!run) throw new Error(`there is no bill-run for ${cutOffOn}`);
    return this.api.get<BillRunView>(`/v1/invoicing/runs/${run.id}`);
  }

  async approve(runId: string): Promise<void> {
    await this.api.post(`/v1/invoicing/runs/${runId}/approve`, { reason: 'totals agree with the preview' });
  }

  /** Records a bank transfer of all that an account owes. */
  async payByBank(externalId: string, receivedAt: string): Promise<number> {
    const accountId = this.accountIdOf(externalId);
    const payables = await this.api.all<PayableView>(
      `/v1/payments/payables?open=true&accountId=${accountId}`,
      ({ invoiceId }) => invoiceId,
    );
    let paid = 0;
    for (const { invoiceId, open, invoiceNumber } of payables) {
      await this.api.post('/v1/payments/payments', {
        accountId,
        invoiceId,
        amount: open,
        method: 'bank',
        reference: `transfer for ${invoiceNumber}`,
        receivedAt,
      });
      paid += open.minor;
    }
    return paid;
  }

  /** A subscriber stores another card and pays with it at once. */
  async payNowWith(externalId: string, token: string): Promise<void> {
    const accountId = this.accountIdOf(externalId);
    await this.api.post('/v1/payments/methods', { accountId, token, makeDefault: true, autoPay: true });
    await this.api.post('/v1/payments/pay-now', { accountId });
  }

  collections(): Promise<CollectionView[]> {
    return this.api.all<CollectionView>('/v1/payments/collections', ({ id }) => id);
  }

  accountIdOf(externalId: string): string {
    const accountId = this.accountIds.get(externalId);
    if (!accountId) throw new Error(`the sample has no account ${externalId}`);
    return accountId;
  }

  withPayment(script: string | null): SampleAccount[] {
    return this.accounts.filter(({ payment }) =>
      script === null ? payment === null : payment?.script === script,
    );
  }

  private listAccounts(): Promise<AccountView[]> {
    return this.api.all<AccountView>('/v1/customers/accounts', ({ accountId }) => accountId);
  }

  private async storeCards(): Promise<void> {
    const stored = this.accounts.flatMap(({ externalId, token, payment }) =>
      token && payment ? [{ externalId, token, payment }] : [],
    );
    for (const { externalId, token, payment } of stored) {
      await this.api.post('/v1/payments/methods', {
        accountId: this.accountIdOf(externalId),
        token,
        makeDefault: true,
        autoPay: payment.autoPay,
      });
    }
  }
}
