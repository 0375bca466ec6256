import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { conflict, notFound, ServiceDatabase } from '@tollkeeper/platform';
import { AccountNews } from '../accounts/account-news.service';
import { AccountRepository } from '../accounts/account.repository';
import { AccountTreeRepository } from '../accounts/account-tree.repository';
import { TimelineRepository } from '../accounts/timeline.repository';
import { payerPeriods } from '../domain/payer-periods';
import { accountsOf, heldSince, partiesFrom } from '../domain/subscription-parties';
import { AssignmentService } from '../identifiers/assignment.service';
import { NetworkRepository } from '../network/network.repository';
import { RestrictionService } from '../network/restriction.service';
import { PayerCheck } from './payer-check.service';
import { SubscriptionRepository } from './subscription.repository';
import type { SubscriptionRow } from './subscription.schema';

export interface Move {
  subscriptionId: string;
  toAccountId: string;
  /** From this instant on the other account holds it; usage and charges before stay with the old payer. */
  at: Instant;
  reason: string;
}

/** Who holds subscriptions and who pays for them, over time. */
@Injectable()
export class SubscriptionParties {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly accounts: AccountRepository,
    private readonly trees: AccountTreeRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly assignments: AssignmentService,
    private readonly network: NetworkRepository,
    private readonly restrictions: RestrictionService,
    private readonly checks: PayerCheck,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
  ) {}

  /** New subscriptions of accounts that others pay for: joins the transaction that inserts them. */
  async begin(tenantId: string, rows: SubscriptionRow[]): Promise<SubscriptionRow[]> {
    const links = await this.trees.linksAbove(
      tenantId,
      rows.map(({ accountId }) => accountId),
    );
    if (links.size === 0) return rows;
    const begun = rows.map((row) => {
      if (!links.has(row.accountId)) return row;
      const payers = payerPeriods(row.accountId, links);
      return { ...row, parties: partiesFrom(row, row.activeFrom, row, payers) };
    });
    await this.checks.require(tenantId, begun, 'subscriptions');
    return begun;
  }

  /**
   * Another account holds the subscription from `at` on, with its numbers and SIM, and pays for it or has its own
   * payer pay. Joins the caller's transaction; the same move again changes nothing.
   */
  async move(tenantId: string, { subscriptionId, toAccountId, at, reason }: Move): Promise<SubscriptionRow> {
    return this.db.transaction(async () => {
      const row = await this.subscriptions.find(tenantId, subscriptionId);
      if (!row) throw notFound('subscription', subscriptionId);
      if (row.accountId === toAccountId) return row;
      if (row.status === 'terminated')
        throw conflict('notLive', `Subscription ${subscriptionId} ended at ${row.activeTo}.`);
      if (!(await this.accounts.find(tenantId, toAccountId))) throw notFound('account', toAccountId);
      if (at <= heldSince(row))
        throw conflict('heldSince', `Account ${row.accountId} holds it since ${heldSince(row)}.`);
      const payers = payerPeriods(toAccountId, await this.trees.linksAbove(tenantId, [toAccountId]));
      const holder = { accountId: toAccountId, poolId: null };
      const moved = { ...row, ...holder, parties: partiesFrom(row, at, holder, payers) };
      await this.checks.require(tenantId, [moved], 'toAccountId');
      const { accountId, poolId, parties } = moved;
      await this.subscriptions.update(tenantId, subscriptionId, { accountId, poolId, parties });
      await this.assignments.transfer(tenantId, { subscriptionId, toAccountId, at });
      await this.network.handOver(tenantId, subscriptionId, toAccountId);
      await this.restrictions.followHolder(tenantId, at, moved, row.accountId);
      const details = { subscriptionId, from: row.accountId, to: toAccountId, since: at, reason };
      await this.timeline.record(
        tenantId,
        [row.accountId, toAccountId].map((account) => ({
          accountId: account,
          at,
          what: 'subscriptionMoved',
          details,
        })),
      );
      await this.news.changed(tenantId, at, accountsOf(moved));
      if (row.renewal) await this.news.renewalsChanged(tenantId, at);
      return moved;
    });
  }
}
