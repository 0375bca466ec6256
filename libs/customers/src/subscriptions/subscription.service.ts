import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  isDuplicateKey,
  newId,
  notFound,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { AccountImportService } from '../accounts/account-import.service';
import { AccountNews } from '../accounts/account-news.service';
import { AccountRepository } from '../accounts/account.repository';
import type { AccountRow } from '../accounts/account.schema';
import { AssignmentService } from '../identifiers/assignment.service';
import type { NewSubscription } from '../accounts/account-fields';
import { changePlan } from '../domain/change-plan';
import { checkSubscription } from '../domain/check-account';
import { assignmentRows, subscriptionRow } from '../accounts/new-rows';
import { OfferingRepository } from '../copies/offering.repository';
import { SubscriptionRepository } from './subscription.repository';
import type { SubscriptionRow } from './subscription.schema';
import { TimelineRepository } from '../accounts/timeline.repository';

@Injectable()
export class SubscriptionService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly assignments: AssignmentService,
    private readonly offerings: OfferingRepository,
    private readonly imports: AccountImportService,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
  ) {}

  async add(principal: Principal, accountId: string, wanted: NewSubscription): Promise<SubscriptionRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const prices = await this.offerings.prices(tenantId, [wanted.offeringId]);
    const added = this.db.transaction(async () => {
      const account = await this.accounts.find(tenantId, accountId);
      if (!account) throw notFound('account', accountId);
      refuseFindings(checkSubscription(wanted, account, prices));
      const row = subscriptionRow(newId('sub'), accountId, wanted, prices);
      const placed = [{ subscription: row, identifiers: assignmentRows(row, wanted), field: 'subscription' }];
      await this.imports.place(tenantId, placed, at);
      await this.finish(principal, row, at, {
        what: 'addSubscription',
        after: wanted,
        details: { offeringId: wanted.offeringId },
      });
      return row;
    });
    return added.catch((error: unknown) => {
      throw isDuplicateKey(error)
        ? conflict(
            'idTaken',
            `externalId ${wanted.externalId} is in use.`,
            'Give the subscription another one.',
          )
        : error;
    });
  }

  /** The new plan follows the old one at `from`; what was used before is rated and billed by the old one. */
  async changePlan(
    principal: Principal,
    subscriptionId: string,
    { offeringId, from }: { offeringId: string; from?: Instant },
  ): Promise<SubscriptionRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const since = from ?? at;
    return this.db.transaction(async () => {
      const { row, account } = await this.load(tenantId, subscriptionId);
      const last = row.plans.at(-1)?.offeringId ?? '';
      const prices = await this.offerings.prices(tenantId, [offeringId, last]);
      const { plans } = acceptedPlans(
        changePlan({ ...row, subscriptionId }, account, prices, { offeringId, since, now: at }),
      );
      await this.subscriptions.update(tenantId, subscriptionId, { plans });
      const details = { subscriptionId, from: last, to: offeringId, since };
      await this.finish(principal, row, at, {
        what: 'changePlan',
        before: { plans: row.plans },
        after: { plans },
        details,
      });
      return { ...row, plans };
    });
  }

  /** Its identifiers are free from that instant on. */
  async terminate(
    principal: Principal,
    subscriptionId: string,
    { at: wantedAt, reason }: { at?: Instant; reason: string },
  ): Promise<SubscriptionRow> {
    const { tenantId } = principal;
    const now = await this.clock.now(tenantId);
    const activeTo = wantedAt ?? now;
    if (activeTo > now)
      throw badInput(
        'at',
        `A termination takes effect now (${now}) or did so before.`,
        'Leave `at` out to end it now.',
      );
    return this.db.transaction(async () => {
      const { row } = await this.load(tenantId, subscriptionId);
      if (row.status === 'terminated')
        throw conflict('notLive', `Subscription ${subscriptionId} ended at ${row.activeTo}.`);
      if (activeTo <= row.activeFrom)
        throw badInput('at', `must be later than the activation (${row.activeFrom})`);
      const plans = row.plans
        .filter(({ from }) => from < activeTo)
        .map((plan) => (plan.to === null || plan.to > activeTo ? { ...plan, to: activeTo } : plan));
      const ended = { status: 'terminated' as const, activeTo, plans, renewal: null };
      await this.subscriptions.update(tenantId, subscriptionId, ended);
      await this.assignments.end(tenantId, { subscriptionId, at: activeTo, oldBecomes: 'ageing' });
      await this.finish(principal, row, now, {
        what: 'terminateSubscription',
        before: { status: row.status },
        after: ended,
        reason,
        details: { subscriptionId, activeTo, reason },
      });
      return { ...row, ...ended };
    });
  }

  private async load(
    tenantId: string,
    subscriptionId: string,
  ): Promise<{ row: SubscriptionRow; account: AccountRow }> {
    const row = await this.subscriptions.find(tenantId, subscriptionId);
    const account = row && (await this.accounts.find(tenantId, row.accountId));
    if (!row || !account) throw notFound('subscription', subscriptionId);
    return { row, account };
  }

  private async finish(
    principal: Principal,
    { _id, accountId, renewal }: SubscriptionRow,
    at: Instant,
    {
      details,
      ...entry
    }: {
      what: string;
      before?: unknown;
      after: unknown;
      reason?: string;
      details: Record<string, string | null>;
    },
  ): Promise<void> {
    const { tenantId } = principal;
    await this.audit.record(principal, { at, entity: _id, ...entry });
    await this.timeline.record(tenantId, [{ accountId, at, what: entry.what, details }]);
    await this.news.changed(tenantId, at, [accountId]);
    if (renewal) await this.news.renewalsChanged(tenantId, at);
  }
}

function acceptedPlans(change: ReturnType<typeof changePlan>): { plans: SubscriptionRow['plans'] } {
  if ('plans' in change) return change;
  if (change.kind === 'conflict') throw conflict(change.code, change.reason, change.hint);
  refuseFindings(change.findings);
  throw new Error('a plan change was refused without a finding');
}
