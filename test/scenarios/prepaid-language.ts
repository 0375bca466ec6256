import { runningStack } from '../setup/running-stack';
import type { Operator, Subscriber } from './operator';

interface Subscription {
  status: string;
  plans: { offeringId: string; from: string; to: string | null }[];
  paidPeriods: { from: string; to: string }[];
}

interface Renewal {
  state: string;
  paidUntil: string;
  keptUntil: string | null;
}

interface Refund {
  id: string;
  of: string;
  state: string;
  gateway: string;
  amount: { minor: number };
}

/** What is said of plans that are paid in advance. */
export class Prepaid {
  /** Nothing that is asked for is taken for a repeat. */
  private asked = 0;

  constructor(private readonly operator: Operator) {}

  /** A second plan that is paid in advance: 7 days for 5.00. */
  async sellWeeks(): Promise<void> {
    const week = {
      ...{ offeringId: 'prepaid-7', name: 'Prepaid 7 days', currency: 'USD' },
      ...{ validFrom: '2026-01-01T05:00:00.000Z', deckId: 'pinewood-retail', usageTaxCode: 'telecom' },
      ...{ recurringCharges: [], allowances: [], paidInAdvance: { days: 7, amountMinor: 500 } },
    };
    await this.operator.api.post('/v1/catalog/import', { offerings: [week] });
    await this.operator.settle();
  }

  async rules(change: object): Promise<void> {
    const { retryHours, graceHours, keepNumberDays, refundUnused, refundRounding } =
      await this.operator.api.get<Record<string, unknown>>('/v1/customers/renewal-policy');
    const rules = { retryHours, graceHours, keepNumberDays, refundUnused, refundRounding };
    const path = '/v1/customers/renewal-policy';
    await this.operator.api.put(path, { ...rules, ...change, reason: 'the diary says so' });
  }

  async subscription({ accountId }: Subscriber): Promise<Subscription> {
    const path = `/v1/customers/accounts/${accountId}`;
    const { subscriptions } = await this.operator.api.get<{ subscriptions: Subscription[] }>(path);
    return subscriptions[0] as Subscription;
  }

  renewal({ subscriptionId }: Subscriber): Promise<Renewal> {
    return this.operator.api.get<Renewal>(`/v1/customers/subscriptions/${subscriptionId}/renewal`);
  }

  async change({ subscriptionId }: Subscriber, change: object): Promise<void> {
    await this.operator.api.patch(`/v1/customers/subscriptions/${subscriptionId}/renewal`, change);
    await this.operator.settle();
  }

  /** By hand; answers what became of it. */
  async renew({ subscriptionId }: Subscriber): Promise<string | null> {
    const path = `/v1/customers/subscriptions/${subscriptionId}/renewals`;
    const { id } = await this.operator.api.post<{ id: string }>(path, { asked: ++this.asked });
    await this.operator.settle();
    const asked = `/v1/customers/renewal-requests/${id}`;
    return (await this.operator.api.get<{ outcome: string | null }>(asked)).outcome;
  }

  async voucher({ accountId }: Subscriber, minor: number, reference: string): Promise<void> {
    const amount = { minor, currency: 'USD' };
    const topUp = { accountId, amount, method: 'voucher', reference };
    await this.operator.api.post('/v1/payments/top-ups/recorded', topUp);
    await this.operator.settle();
  }

  async topUpByCard({ accountId }: Subscriber, minor: number): Promise<string | null> {
    const body = { accountId, amount: { minor, currency: 'USD' } };
    const { id } = await this.operator.api.post<{ id: string }>('/v1/payments/top-ups', body);
    await this.operator.settle();
    const topUp = await this.operator.api.get<{ outcome: string | null }>(`/v1/payments/top-ups/${id}`);
    return topUp.outcome;
  }

  async balance({ accountId }: Subscriber): Promise<number> {
    const path = `/v1/payments/top-up-balance?accountId=${accountId}`;
    return (await this.operator.api.get<{ balance: { minor: number } }>(path)).balance.minor;
  }

  /** `what minor` of every movement, oldest first. */
  async movements({ accountId }: Subscriber): Promise<string[]> {
    const path = `/v1/payments/top-up-entries?accountId=${accountId}`;
    const entries = await this.operator.api.all<{ no: number; what: string; amount: { minor: number } }>(
      path,
      ({ no }) => String(no),
    );
    return entries.reverse().map(({ what, amount }) => `${what} ${amount.minor}`);
  }

  async giveBack({ accountId }: Subscriber, of: string): Promise<void> {
    await this.operator.api.post('/v1/payments/refunds', {
      accountId,
      of,
      reason: `the customer asked, ${++this.asked}`,
    });
    await this.operator.settle();
  }

  /** `of minor gateway state`, oldest first. */
  async refunds({ accountId }: Subscriber): Promise<string[]> {
    const path = `/v1/payments/refunds?accountId=${accountId}`;
    const refunds = await this.operator.api.all<Refund>(path, ({ id }) => id);
    return refunds
      .reverse()
      .map(({ of, amount, gateway, state }) => `${of} ${amount.minor} ${gateway} ${state}`);
  }

  async terminate({ subscriptionId }: Subscriber): Promise<void> {
    const order = { kind: 'termination', subscriptionId, reason: 'moves abroad' };
    await this.operator.api.post('/v1/customers/orders', { order });
    await this.operator.settle();
  }

  /** What the gateway took from a card, and what it gave back. */
  async atGateway({ accountId }: Subscriber): Promise<{ taken: number; returned: number }> {
    const { environment } = runningStack();
    const payments = await this.operator.api.all<{ id: string; gatewayId: string | null }>(
      `/v1/payments/payments?accountId=${accountId}`,
      ({ id }) => id,
    );
    const own = new Set(payments.map(({ gatewayId }) => gatewayId));
    const response = await fetch(
      `${environment['SANDBOX_GATEWAY_URL']}/v1/charges?tenant=${this.operator.tenantId}&limit=1000`,
      { headers: { authorization: `Bearer ${environment['SANDBOX_GATEWAY_KEY']}` } },
    );
    const { charges } = (await response.json()) as {
      charges: { id: string; amountMinor: number; refundedMinor: number }[];
    };
    const mine = charges.filter(({ id }) => own.has(id));
    const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0);
    return {
      taken: sum(mine.map(({ amountMinor }) => amountMinor)),
      returned: sum(mine.map(({ refundedMinor }) => refundedMinor)),
    };
  }
}
