import { homeNetwork } from '../../tools/sample/operator';
import type { Operator, Subscriber } from './operator';

export interface OrderShown {
  orderId: string;
  state: string;
  subscriptionId: string;
  steps: { step: string; state: string; attempt: number }[];
  held: { step: string; code: string; reason: string } | null;
  steering: string[];
}

interface Account {
  subscriptions: {
    subscriptionId: string;
    status: string;
    plans: { offeringId: string; from: string; to: string | null }[];
    identifiers: { kind: string; value: string; from: string; to: string | null }[];
    paidPeriods: { from: string; to: string }[];
  }[];
}

const csvHeader =
  'recordId,usageType,servedMsisdn,servedImsi,otherParty,startAt,durationSeconds,uplinkBytes,downlinkBytes,servingNetwork,sessionId';

/** What care does with orders, and what became of them. */
export class OrderCounter {
  private customers = 0;
  private records = 0;

  constructor(private readonly operator: Operator) {}

  async place(order: { kind: string } & Record<string, unknown>): Promise<string> {
    const { orderId } = await this.operator.api.post<OrderShown>('/v1/customers/orders', { order });
    await this.operator.settle();
    return orderId;
  }

  show(orderId: string): Promise<OrderShown> {
    return this.operator.api.get<OrderShown>(`/v1/customers/orders/${orderId}`);
  }

  async steer(orderId: string, wish: 'retry' | 'undo' | 'cancel'): Promise<OrderShown> {
    await this.operator.api.post(`/v1/customers/orders/${orderId}/${wish}`, { reason: 'as agreed' });
    await this.operator.settle();
    return this.show(orderId);
  }

  /** `state: step state, step state ...` */
  async told(orderId: string): Promise<string> {
    const { state, steps } = await this.show(orderId);
    return `${state}: ${steps.map((step) => `${step.step} ${step.state}`).join(', ')}`;
  }

  account(accountId: string): Promise<Account> {
    return this.operator.api.get<Account>(`/v1/customers/accounts/${accountId}`);
  }

  /** `kind value from..to` of all that a subscriber ever held of a kind. */
  async held({ accountId }: { accountId: string }, kind: string): Promise<string[]> {
    const { subscriptions } = await this.account(accountId);
    return subscriptions
      .flatMap(({ identifiers }) => identifiers)
      .filter((each) => each.kind === kind)
      .map(({ value, from, to }) => `${value} ${from} .. ${to ?? 'on'}`);
  }

  /** An account that has no service yet. */
  async customer(payment: { card?: string; prepaid?: true } = {}): Promise<string> {
    this.customers += 1;
    const no = this.customers;
    const { accounts } = await this.operator.api.post<{ accounts: { accountId: string }[] }>(
      '/v1/customers/import',
      {
        accounts: [
          {
            externalId: `orders-${no}`,
            customerName: `New customer ${no}`,
            email: `new.${no}.${this.operator.tenantId}@subscribers.example`,
            language: 'en',
            address: {
              lines: [`${no} Cedar Road`],
              city: 'Albany',
              region: 'NY',
              postalCode: '12207',
              country: 'US',
            },
            cycleId: payment.prepaid ? null : this.operator.cycleId,
            termsDays: 14,
            subscriptions: [],
          },
        ],
      },
    );
    const accountId = accounts[0]?.accountId ?? '';
    await this.operator.settle();
    if (payment.card) await this.operator.card(accountId, `tok_${payment.card}.orders-${no}`);
    return accountId;
  }

  /** Calls of a minute each: by number, or by the SIM's IMSI. */
  async calls(calls: { at: string; msisdn?: string; imsi?: string }[]): Promise<void> {
    const lines = calls.map(({ at, msisdn, imsi }) => {
      this.records += 1;
      const served = [msisdn ? `+${msisdn}` : '', imsi ?? ''];
      return [
        `orders-${this.records}`,
        'voice',
        ...served,
        '+12125550100',
        at,
        60,
        '',
        '',
        homeNetwork,
        '',
      ].join(',');
    });
    await this.operator.api.postCsv(
      `/v1/rating/usage-imports?fileName=orders-${this.records}.csv`,
      [csvHeader, ...lines, ''].join('\n'),
    );
    await this.operator.settle();
  }

  /** Calls that were guided to a subscriber, by their start. */
  async guided({ subscriptionId }: Pick<Subscriber, 'subscriptionId'>): Promise<string[]> {
    const rows = await this.operator.api.all<{ id: string; startAt: string }>(
      `/v1/rating/usage?subscriptionId=${subscriptionId}`,
      ({ id }) => id,
    );
    return rows.map(({ startAt }) => startAt.slice(0, 16)).sort();
  }
}
