import { Injectable } from '@nestjs/common';
import type { CustomersActivities } from '@tollkeeper/contracts';
import { Problem, ServiceDatabase } from '@tollkeeper/platform';
import { NetworkRepository } from '../network/network.repository';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import { OrderService } from './order.service';

/** An account's services end because of its debts: one order of termination for each, by the house itself. */
@Injectable()
export class AccountEnding {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly network: NetworkRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly orders: OrderService,
  ) {}

  async terminate({
    tenantId,
    accountId,
    key,
    reason,
    at,
  }: Parameters<CustomersActivities['terminateAccount']>[0]): Promise<{ subscriptions: number }> {
    const before = await this.network.findStep(tenantId, key);
    if (before) return { subscriptions: before.subscriptions };
    const live = await this.subscriptions.liveOf(tenantId, accountId);
    const by = {
      kind: 'integration' as const,
      tenantId,
      subject: 'collection',
      name: 'collection',
      roles: [],
      scopes: [],
      accountId: null,
    };
    return this.db.transaction(async () => {
      for (const { _id: subscriptionId } of live)
        await this.orders.place(by, { kind: 'termination', subscriptionId, reason }).catch(unlessUnderWay);
      await this.network.recordStep(tenantId, key, { accountId, at, subscriptions: live.length });
      return { subscriptions: live.length };
    });
  }
}

/** It is ending already, or what is being done has to end first: people see the order that stands. */
function unlessUnderWay(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
}
