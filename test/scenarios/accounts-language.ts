import type { Operator, Subscriber } from './operator';

const reason = 'the diary says so';

/** What people do with accounts: who pays for whom, whose a subscription is, what is said of them. */
export class AccountDesk {
  constructor(private readonly operator: Operator) {}

  /** From now on the parent pays for all that the account holds. */
  async paidBy(child: Subscriber, parent: Subscriber, from?: string): Promise<void> {
    const body = { parentAccountId: parent.accountId, paidBy: 'parent', reason, ...(from ? { from } : {}) };
    await this.post(`accounts/${child.accountId}/parent`, body);
  }

  async transfer({ subscriptionId }: Subscriber, to: Subscriber): Promise<void> {
    const order = { kind: 'transfer', subscriptionId, toAccountId: to.accountId, reason };
    await this.post('orders', { order });
  }

  async certificate({ accountId }: Subscriber, validToOn: string): Promise<void> {
    const certificate = { number: 'NY-EX-4711', jurisdiction: 'US-NY', reason: 'public school' };
    await this.post(`accounts/${accountId}/tax-certificates`, {
      ...certificate,
      validFromOn: '2026-01-01',
      validToOn,
    });
  }

  async tag({ accountId }: Subscriber, tag: string, until: string): Promise<void> {
    await this.post(`accounts/${accountId}/tags`, { tag, until, reason });
  }

  async parties({ accountId, subscriptionId }: Subscriber): Promise<string[]> {
    const { subscriptions } = await this.operator.api.get<{
      subscriptions: {
        subscriptionId: string;
        parties: { holderAccountId: string; payerAccountId: string; from: string }[];
      }[];
    }>(`/v1/customers/accounts/${accountId}`);
    const found = subscriptions.find((each) => each.subscriptionId === subscriptionId);
    return (found?.parties ?? []).map(({ payerAccountId, from }) => `${from.slice(0, 10)} ${payerAccountId}`);
  }

  private async post(path: string, body: object): Promise<void> {
    await this.operator.api.post(`/v1/customers/${path}`, body);
    await this.operator.settle();
  }
}
