import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  AuditLog,
  badInput,
  BusinessClock,
  notFound,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { descendants, whyNotBelow } from '../domain/account-tree';
import { linksWith, type ParentLink, payerPeriods } from '../domain/payer-periods';
import { accountsOf, partiesFrom } from '../domain/subscription-parties';
import { PayerCheck } from '../subscriptions/payer-check.service';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import { AccountNews } from './account-news.service';
import { AccountTreeRepository } from './account-tree.repository';
import { AccountRepository } from './account.repository';
import type { AccountRow } from './account.schema';
import { TimelineRepository } from './timeline.repository';

interface WantedParent {
  /** `null`: at the top again. */
  parentAccountId: string | null;
  paidBy: ParentLink['paidBy'];
  from?: Instant;
  reason: string;
}

type Links = Map<string, readonly ParentLink[]>;

/** Where accounts hang, and so who pays for what they hold. */
@Injectable()
export class AccountTreeService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly accounts: AccountRepository,
    private readonly trees: AccountTreeRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly checks: PayerCheck,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
  ) {}

  /** What was planned for `from` or later is replaced; what was before stays. */
  async setParent(principal: Principal, accountId: string, wanted: WantedParent): Promise<void> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const from = wanted.from ?? at;
    if (from < at)
      throw badInput(
        'from',
        `The payer cannot change before now (${at}): usage is rated already.`,
        'Leave `from` out to change it now.',
      );
    await this.db.transaction(async () => {
      await this.trees.lock(tenantId);
      const account = await this.accounts.find(tenantId, accountId);
      if (!account) throw notFound('account', accountId);
      const links = await this.linksAround(tenantId, account, wanted.parentAccountId, from);
      const { parentAccountId, paidBy, reason } = wanted;
      const parents = linksWith(account.parents, from, parentAccountId ? { parentAccountId, paidBy } : null);
      links.set(accountId, parents);
      if (parentAccountId) await this.requirePlace(tenantId, account, { parentAccountId, from }, links);
      await this.trees.setLinks(tenantId, accountId, parents);
      const touched = await this.repay(tenantId, accountId, from, links);
      await this.audit.record(principal, {
        at,
        what: 'setParent',
        entity: accountId,
        before: { parents: account.parents },
        after: { parents },
        reason,
      });
      const details = { parentAccountId, paidBy, from, reason };
      await this.timeline.record(tenantId, [{ accountId, at, what: 'parentSet', details }]);
      await this.news.changed(tenantId, at, touched);
    });
  }

  private async linksAround(
    tenantId: string,
    { _id, parents }: AccountRow,
    parentAccountId: string | null,
    from: Instant,
  ): Promise<Links> {
    const below = await this.trees.linksBelow(tenantId, _id, from);
    const above = await this.trees.linksAbove(tenantId, [
      ...parents.map((link) => link.parentAccountId),
      ...(parentAccountId ? [parentAccountId] : []),
      ...[...below].flatMap(([, links]) => links.map((link) => link.parentAccountId)),
    ]);
    return new Map([...above, ...below]);
  }

  private async requirePlace(
    tenantId: string,
    { _id: accountId, currency }: AccountRow,
    { parentAccountId, from }: { parentAccountId: string; from: Instant },
    links: Links,
  ): Promise<void> {
    const field = 'parentAccountId';
    const parent = await this.accounts.find(tenantId, parentAccountId);
    if (!parent) throw badInput(field, `there is no account ${parentAccountId}`);
    const why =
      parent.currency === currency
        ? whyNotBelow({ accountId, parentAccountId, from }, links)
        : `account ${parentAccountId} is in ${parent.currency}, not in ${currency}`;
    refuseFindings(why === null ? [] : [{ field, reason: why }]);
  }

  /** The account and all below it: who pays for what they hold from then on. Answers whose view of it changes. */
  private async repay(tenantId: string, accountId: string, from: Instant, links: Links): Promise<string[]> {
    const holders = [accountId, ...descendants(accountId, links, from)];
    const rows = (await this.subscriptions.ofAccounts(tenantId, holders)).filter(
      ({ activeTo }) => activeTo === null || activeTo > from,
    );
    const payers = new Map(holders.map((holder) => [holder, payerPeriods(holder, links)]));
    const changed = rows.map((row) => ({
      ...row,
      parties: partiesFrom(row, from, row, payers.get(row.accountId) ?? []),
    }));
    await this.checks.require(tenantId, changed, 'parentAccountId');
    await this.subscriptions.updateMany(
      tenantId,
      changed.map(({ _id, parties }) => ({ subscriptionId: _id, change: { parties } })),
    );
    return [...new Set([...holders, ...rows.flatMap(accountsOf), ...changed.flatMap(accountsOf)])];
  }
}
