import type { Operator, Subscriber } from './operator';

interface Entry {
  state: string;
  from: string;
  to: string | null;
}

/** The desk that gives numbers out and takes them back. */
export class NumberDesk {
  private taken = 0;

  constructor(private readonly operator: Operator) {}

  async rests(numberAgeingDays: number): Promise<void> {
    const settings = { numberAgeingDays, simAgeingDays: 180, reason: 'as the regulator asks' };
    await this.operator.api.put('/v1/customers/inventory/settings', settings);
  }

  async state(msisdn: string): Promise<string> {
    return (await this.get(msisdn)).state;
  }

  /** `assigned 10 14:00 -` and so on, oldest first. */
  async history(msisdn: string): Promise<string[]> {
    const short = (at: string | null) => (at ? `${at.slice(8, 10)} ${at.slice(11, 16)}` : '');
    return (await this.get(msisdn)).history.map(({ state, from, to }) =>
      `${state} ${short(from)} - ${short(to)}`.trim(),
    );
  }

  /** A new customer, with a new SIM, who has the number since then, or from now on. */
  async gives(msisdn: string, to: string, since?: string): Promise<Subscriber> {
    const { now } = await this.operator.api.get<{ now: string }>('/v1/test-clock');
    this.taken += 1;
    const [imsi, iccid] = [`31099077${this.padded(7)}`, `890199077${this.padded(10)}`];
    const created = await this.operator.api.post<{
      accountId: string;
      subscriptions: { subscriptionId: string }[];
    }>('/v1/customers/accounts', {
      externalId: to,
      customerName: to,
      email: `${to}.${this.operator.tenantId}@subscribers.example`,
      language: 'en',
      address: { lines: ['1 Elm Street'], city: 'Albany', region: 'NY', postalCode: '12207', country: 'US' },
      cycleId: this.operator.cycleId,
      termsDays: 14,
      subscriptions: [
        {
          offeringId: 'smart-5',
          activeFrom: since ?? now,
          identifiers: [
            { kind: 'msisdn', value: msisdn },
            { kind: 'imsi', value: imsi },
            { kind: 'iccid', value: iccid },
          ],
        },
      ],
    });
    await this.operator.settle();
    const subscriptionId = created.subscriptions[0]?.subscriptionId ?? '';
    return { accountId: created.accountId, subscriptionId, msisdn, iccid };
  }

  async ends({ subscriptionId }: Subscriber): Promise<void> {
    const order = { kind: 'termination', subscriptionId, reason: 'the customer cancels' };
    await this.operator.api.post('/v1/customers/orders', { order });
    await this.operator.settle();
  }

  async orders(order: { kind: string; subscriptionId: string; msisdn?: string; effectiveAt?: string }) {
    await this.operator.api.post('/v1/customers/orders', { order });
    await this.operator.settle();
  }

  async changes({ accountId }: Subscriber): Promise<void> {
    const path = `/v1/customers/accounts/${accountId}`;
    await this.operator.api.patch(path, { termsDays: 21, reason: 'agreed on the telephone' });
    await this.operator.settle();
  }

  /** Starts of what the account has used, in order. */
  async usageOf({ accountId }: Subscriber): Promise<string[]> {
    const rows = await this.operator.api.all<{ recordId: string; startAt: string }>(
      `/v1/rating/usage?accountId=${accountId}`,
      ({ recordId }) => recordId,
    );
    return rows.map(({ startAt }) => startAt.slice(8, 19)).sort();
  }

  async inSuspense(): Promise<string[]> {
    const rows = await this.operator.api.all<{ recordId: string; startAt: string; reason: string }>(
      '/v1/rating/suspense',
      ({ recordId }) => recordId,
    );
    return rows.map(({ startAt, reason }) => `${startAt.slice(8, 19)} ${reason}`).sort();
  }

  private get(msisdn: string): Promise<{ state: string; history: Entry[] }> {
    return this.operator.api.get(`/v1/customers/inventory/msisdn/${msisdn}`);
  }

  private padded(length: number): string {
    return String(this.taken).padStart(length, '0');
  }
}
