import { type ApiClient } from '../../tools/sample/api-client';
import { catalog } from '../../tools/sample/catalog';
import { clockStartsAt, homeNetwork, monthlyCycle, taxRates } from '../../tools/sample/operator';
import { openSampleTenant, signIn } from '../../tools/sample/sample-tenant';
import { runningStack } from '../setup/running-stack';

export interface Subscriber {
  accountId: string;
  subscriptionId: string;
  msisdn: string;
  iccid: string;
}

interface Usage {
  at: string;
  seconds?: number;
  text?: true;
  bytes?: number;
  to?: string;
  network?: string;
}

export interface Bill {
  id: string;
  number: string;
  state: string;
  paymentState: string;
  dueOn: string;
  periodFrom: string;
  total: { minor: number };
  tax: { minor: number };
  open: { minor: number };
  lines: { description: string; amount: { minor: number }; quantity: number | null }[];
}

const pad = (value: number, length: number): string => String(value).padStart(length, '0');
const csvHeader =
  'recordId,usageType,servedMsisdn,servedImsi,otherParty,startAt,durationSeconds,uplinkBytes,downlinkBytes,servingNetwork,sessionId';

interface CycleChoice {
  approval?: 'required' | 'automatic';
  lateUsageDays?: number;
  zone?: string;
  anchorDay?: number;
}

/** A sandbox operator of its own for one diary: what its people and subscribers do, in the words of the trade. */
export class Operator {
  private subscribers = 0;
  private records = 0;
  cycleId = '';

  private constructor(
    readonly api: ApiClient,
    readonly tenantId: string,
  ) {}

  /** `home`: where another operator than the sample one is at home. */
  static async open({
    country,
    home = country ? { country } : {},
    ...cycle
  }: CycleChoice & {
    country?: string;
    home?: { country?: string; currency?: string; zone?: string };
  } = {}): Promise<Operator> {
    const { apiUrl, environment } = runningStack();
    const opened = await openSampleTenant(apiUrl, environment['OPERATOR_KEY'] ?? '', home);
    const operator = new Operator(await signIn(apiUrl, opened), opened.tenantId);
    await operator.api.post('/v1/catalog/import', catalog);
    await operator.api.put('/v1/invoicing/tax-rates', { rates: taxRates, reason: 'sample rates' });
    operator.cycleId = await operator.addCycle('Monthly', cycle);
    await operator.until('2026-01-01T06:00:00.000Z');
    return operator;
  }

  /** One more cycle of the same days, steered otherwise: cheaper than another operator. */
  async addCycle(name: string, choice: CycleChoice): Promise<string> {
    const settings = {
      name,
      ...monthlyCycle,
      startsOn: '2026-01-01',
      approval: 'automatic',
      lateUsageDays: 3,
      collectHours: 6,
      anomalyGate: { medianChangePercent: null },
    };
    return (await this.api.post<{ id: string }>('/v1/invoicing/cycles', { ...settings, ...choice })).id;
  }

  /** Tells the clock to go on; everything that falls due until then has happened when this returns. */
  async until(at: string): Promise<void> {
    const { now } = await this.api.get<{ now: string }>('/v1/test-clock');
    if (at > now) await this.api.advance(at);
  }

  settle(): Promise<void> {
    return this.api.settle();
  }

  async subscriber(
    offeringId: string,
    {
      card,
      activeFrom = clockStartsAt,
      cycleId = this.cycleId,
    }: { card?: string; activeFrom?: string; cycleId?: string } = {},
  ): Promise<Subscriber> {
    const [created] = await this.subscribe([offeringId], activeFrom, cycleId);
    if (!created) throw new Error('the import answered without an account');
    if (card) await this.card(created.accountId, `tok_${card}.subscriber-${this.subscribers}`);
    return created;
  }

  /** By name, all on one plan and without a card: one import, one wait. */
  async subscribersNamed(
    offeringId: string,
    names: readonly string[],
    { termsDays = 14 }: { termsDays?: number } = {},
  ): Promise<Record<string, Subscriber>> {
    const created = await this.subscribe(
      names.map(() => offeringId),
      clockStartsAt,
      this.cycleId,
      termsDays,
    );
    return Object.fromEntries(names.map((name, no) => [name, created[no] as Subscriber]));
  }

  private async subscribe(
    offeringIds: readonly string[],
    activeFrom: string = clockStartsAt,
    cycleId = this.cycleId,
    termsDays = 14,
  ): Promise<Subscriber[]> {
    const wanted = offeringIds.map((offeringId) =>
      this.nextSubscriber(offeringId, activeFrom, cycleId, termsDays),
    );
    const { accounts } = await this.api.post<{
      accounts: { accountId: string; subscriptions: { subscriptionId: string }[] }[];
    }>('/v1/customers/import', { accounts: wanted.map(({ account }) => account) });
    await this.settle();
    return accounts.map(({ accountId, subscriptions }, no) => {
      const { msisdn = '', iccid = '' } = wanted[no] ?? {};
      return { accountId, subscriptionId: subscriptions[0]?.subscriptionId ?? '', msisdn, iccid };
    });
  }

  private nextSubscriber(offeringId: string, activeFrom: string, cycleId: string, termsDays: number) {
    this.subscribers += 1;
    const no = this.subscribers;
    const [msisdn, imsi, iccid] = [`1518556${pad(no, 4)}`, `310990${pad(no, 9)}`, `8901990${pad(no, 12)}`];
    const account = {
      externalId: `account-${no}`,
      customerName: `Subscriber ${no}`,
      email: `subscriber.${no}.${this.tenantId}@subscribers.example`,
      language: 'en',
      address: {
        lines: [`${no} Maple Avenue`],
        city: 'Albany',
        region: 'NY',
        postalCode: '12207',
        country: 'US',
      },
      cycleId: offeringId.startsWith('prepaid') ? null : cycleId,
      termsDays,
      subscriptions: [
        {
          offeringId,
          activeFrom,
          identifiers: [
            { kind: 'msisdn', value: msisdn },
            { kind: 'imsi', value: imsi },
            { kind: 'iccid', value: iccid },
          ],
        },
      ],
    };
    return { account, msisdn, iccid };
  }

  async card(accountId: string, token: string): Promise<void> {
    await this.api.post('/v1/payments/methods', { accountId, token, makeDefault: true, autoPay: true });
  }

  /** Sends a usage file; the clock's next move waits for its import. */
  async usage({ msisdn }: Subscriber, records: Usage[]): Promise<void> {
    const lines = records.map(({ at, seconds, text, bytes, to = '+12125550100', network = homeNetwork }) => {
      this.records += 1;
      const type = text ? 'sms' : bytes === undefined ? 'voice' : 'data';
      const session = type === 'data' ? `session-${this.records}` : '';
      return [
        `record-${this.records}`,
        type,
        `+${msisdn}`,
        '',
        type === 'data' ? '' : to,
        at,
        seconds ?? '',
        bytes === undefined ? '' : 0,
        bytes ?? '',
        network,
        session,
      ].join(',');
    });
    await this.api.postCsv(
      `/v1/rating/usage-imports?fileName=usage-${this.records}.csv`,
      [csvHeader, ...lines, ''].join('\n'),
    );
  }

  async bills({ accountId }: Subscriber): Promise<Bill[]> {
    const listed = await this.api.all<{ id: string }>(
      `/v1/invoicing/invoices?accountId=${accountId}`,
      ({ id }) => id,
    );
    const bills = await Promise.all(
      listed.map(({ id }) => this.api.get<Bill>(`/v1/invoicing/invoices/${id}`)),
    );
    return bills.sort((left, right) => (left.periodFrom < right.periodFrom ? -1 : 1));
  }

  /** `[what, cents]` of a bill's lines in order. */
  async lines(subscriber: Subscriber, billNo = 0): Promise<[string, number][]> {
    const bill = (await this.bills(subscriber))[billNo];
    if (!bill) throw new Error(`there is no bill ${billNo}`);
    return bill.lines.map(({ description, amount }) => [description, amount.minor]);
  }

  /** `date template` of all that was sent to an account, oldest first. */
  async messages({ accountId }: Subscriber): Promise<string[]> {
    const sent = await this.api.all<{ key: string; template: string; state: string; sentAt: string }>(
      `/v1/notifications/messages?accountId=${accountId}`,
      ({ key }) => key,
    );
    return sent
      .filter(({ state }) => state === 'sent')
      .map(({ template, sentAt }) => `${sentAt.slice(0, 10)} ${template}`)
      .sort();
  }

  /** What the network itself says that the SIM may do. */
  async inNetwork({ iccid }: Subscriber): Promise<string> {
    const { environment } = runningStack();
    const response = await fetch(`${environment['SANDBOX_NETWORK_URL']}/v1/sims/${iccid}`, {
      headers: { authorization: `Bearer ${environment['SANDBOX_NETWORK_KEY']}`, 'x-tenant': this.tenantId },
    });
    return response.status === 404 ? 'active' : ((await response.json()) as { state: string }).state;
  }

  /** The gateway's own books of this operator. */
  async charges(): Promise<{ amountMinor: number; status: string; token: string }[]> {
    const { environment } = runningStack();
    const response = await fetch(
      `${environment['SANDBOX_GATEWAY_URL']}/v1/charges?tenant=${this.tenantId}&limit=1000`,
      {
        headers: { authorization: `Bearer ${environment['SANDBOX_GATEWAY_KEY']}` },
      },
    );
    return ((await response.json()) as { charges: { amountMinor: number; status: string; token: string }[] })
      .charges;
  }

  async run(cutOffOn: string, cycleId = this.cycleId): Promise<{ id: string; state: string }> {
    const runs = await this.api.all<{ id: string; state: string; cutOffOn: string }>(
      `/v1/invoicing/runs?cycleId=${cycleId}`,
      ({ id }) => id,
    );
    const run = runs.find((each) => each.cutOffOn === cutOffOn);
    if (!run) throw new Error(`there is no run for ${cutOffOn}`);
    return run;
  }
}
