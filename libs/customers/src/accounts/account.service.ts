import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  BusinessClock,
  conflict,
  notFound,
  type Page,
  pageOf,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { changedColumns } from './account-change';
import { AccountCycles } from './account-cycles.service';
import { AccountNews } from './account-news.service';
import { AccountRepository } from './account.repository';
import type { AccountRow } from './account.schema';
import { AssignmentRepository } from '../identifiers/assignment.repository';
import type { AssignmentRow } from '../identifiers/assignment.schema';
import type { AccountChange } from './account-fields';
import { priceAt } from '../domain/offering-price';
import { NetworkRepository } from '../network/network.repository';
import type { NetworkStateRow } from '../network/network.schema';
import { OfferingRepository } from '../copies/offering.repository';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import { TimelineRepository } from './timeline.repository';
import type { TimelineRow } from './timeline.schema';

/** An account as care and its holder see it: what it holds, whoever pays. */
export interface AccountDetails {
  account: AccountRow;
  subscriptions: { row: SubscriptionRow; identifiers: AssignmentRow[] }[];
  sims: NetworkStateRow[];
}

interface AccountsFilter {
  limit: number;
  startingAfter?: string;
  customerId?: string;
  parentAccountId?: string;
}

/** What the staff says of an account, and what names other accounts. */
const amongStaff = ['noteAdded', 'tagSet', 'tagEnded', 'creditClassSet', 'parentSet', 'subscriptionMoved'];

@Injectable()
export class AccountService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly assignments: AssignmentRepository,
    private readonly offerings: OfferingRepository,
    private readonly network: NetworkRepository,
    private readonly cycles: AccountCycles,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
  ) {}

  async page(tenantId: string, { limit, ...filter }: AccountsFilter): Promise<Page<AccountRow>> {
    return pageOf(await this.accounts.page(tenantId, { limit: limit + 1, ...filter }), limit);
  }

  /** Subscribers see their own account only: another's is not there. */
  async get({ tenantId, kind, accountId: own }: Principal, accountId: string): Promise<AccountDetails> {
    const isHidden = kind === 'subscriber' && own !== accountId;
    const account = isHidden ? null : await this.accounts.find(tenantId, accountId);
    if (!account) throw notFound('account', accountId);
    const rows = await this.subscriptions.ofAccounts(tenantId, [accountId]);
    const assignments = await this.assignments.ofSubscriptions(
      tenantId,
      rows.map(({ _id }) => _id),
    );
    const subscriptions = rows.map((row) => ({
      row,
      identifiers: assignments.filter(({ subscriptionId }) => subscriptionId === row._id),
    }));
    return { account, subscriptions, sims: await this.network.statesOf(tenantId, accountId) };
  }

  async change(
    principal: Principal,
    accountId: string,
    change: AccountChange,
    reason: string | null,
  ): Promise<AccountDetails> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    await this.db.transaction(async () => {
      const before = await this.accounts.find(tenantId, accountId);
      if (!before) throw notFound('account', accountId);
      if (change.cycleId === null) await this.refuseWhileInvoiced(tenantId, accountId);
      const row = await this.rowChange(tenantId, change);
      await this.accounts.update(tenantId, accountId, row);
      const fields = Object.keys(row) as (keyof AccountRow)[];
      const was = Object.fromEntries(fields.map((field) => [field, before[field]]));
      await this.audit.record(principal, {
        at,
        what: 'changeAccount',
        entity: accountId,
        before: was,
        after: row,
        reason,
      });
      await this.timeline.record(tenantId, [
        { accountId, at, what: 'accountChanged', details: { fields: fields.join(', '), by: principal.name } },
      ]);
      await this.news.changed(tenantId, at, [accountId]);
    });
    return this.get(principal, accountId);
  }

  async timelinePage(
    { tenantId, kind, accountId: own }: Principal,
    accountId: string,
    query: { limit: number; startingAfter?: string },
  ): Promise<Page<TimelineRow>> {
    const mine = kind !== 'subscriber' || own === accountId;
    if (!mine || !(await this.accounts.find(tenantId, accountId))) throw notFound('account', accountId);
    return pageOf(
      await this.timeline.page(tenantId, accountId, {
        ...query,
        limit: query.limit + 1,
        hidden: kind === 'subscriber' ? amongStaff : [],
      }),
      query.limit,
    );
  }

  private async rowChange(tenantId: string, change: AccountChange): Promise<Partial<AccountRow>> {
    const { cycleId } = change;
    if (cycleId === undefined) return changedColumns(change, new Map());
    return changedColumns(change, await this.cycles.require(tenantId, [{ cycleId, field: '' }]));
  }

  private async refuseWhileInvoiced(tenantId: string, accountId: string): Promise<void> {
    const rows = (await this.subscriptions.paidBy(tenantId, [accountId])).filter(
      ({ status }) => status !== 'terminated',
    );
    const prices = await this.offerings.prices(
      tenantId,
      rows.flatMap(({ plans }) => plans.map(({ offeringId }) => offeringId)),
    );
    const invoiced = rows
      .flatMap(({ plans }) => plans)
      .find(({ offeringId, from }) => !priceAt(prices.get(offeringId) ?? [], from)?.paidInAdvance);
    if (invoiced)
      throw conflict(
        'cycleNeeded',
        `Plan ${invoiced.offeringId} of the account is invoiced by its cycle.`,
        'Name another cycle instead.',
      );
  }
}
