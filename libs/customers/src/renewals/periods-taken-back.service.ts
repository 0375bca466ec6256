import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type FactBatch, type PaymentReversalFact, renewalKey } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { AccountNews } from '../accounts/account-news.service';
import { TimelineRepository } from '../accounts/timeline.repository';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import { isOver } from './renewal.service';

/**
 * A period that was paid for ends with its money: what follows is due at once, and is charged, retried and lapses as
 * any renewal. Nothing is owed for the days before.
 */
@Injectable()
export class PeriodsTakenBack {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly subscriptions: SubscriptionRepository,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
  ) {}

  async receiveReversals({ tenantId, at, facts }: FactBatch<'paymentReversed'>): Promise<void> {
    for (const { kind, renewal, reversedAt } of facts)
      if (kind !== 'restored' && renewal)
        await this.db.transaction(() => this.cut(tenantId, at, renewal, reversedAt));
  }

  private async cut(
    tenantId: string,
    at: Instant,
    renewal: NonNullable<PaymentReversalFact['renewal']>,
    endsAt: Instant,
  ): Promise<void> {
    const row = await this.subscriptions.find(tenantId, renewal.subscriptionId);
    const change = row && withoutPeriod(row, renewalKey(renewal.subscriptionId, renewal.dueFrom), endsAt);
    if (!row || !change) return;
    await this.subscriptions.update(tenantId, row._id, change);
    const details = { subscriptionId: row._id, endsAt: change.renewal.paidUntil };
    await this.timeline.record(tenantId, [
      { accountId: row.accountId, at, what: 'renewalTakenBack', details },
    ]);
    await this.news.changed(tenantId, at, [row.accountId]);
    await this.news.renewalsChanged(tenantId, at);
  }
}

/** `null`: it has ended by itself, or another one was paid after it. */
export function withoutPeriod(row: SubscriptionRow, key: string, endsAt: Instant) {
  const period = row.paidPeriods.find((each) => each.key === key);
  const { renewal } = row;
  if (!period || !renewal || isOver(row) || renewal.state !== 'active') return null;
  if (renewal.paidUntil !== period.to || endsAt >= period.to) return null;
  const to = endsAt > period.from ? endsAt : period.from;
  const others = row.paidPeriods.filter((each) => each.key !== key);
  return {
    paidPeriods: to === period.from ? others : [...others, { ...period, to }],
    renewal: { ...renewal, paidUntil: to },
  };
}
