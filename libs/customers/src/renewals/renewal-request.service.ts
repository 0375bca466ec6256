import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type DueRenewal, type PrepaidActivities, renewalRequest } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  conflict,
  newId,
  notFound,
  Outbox,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { OfferingRepository } from '../copies/offering.repository';
import { renewalAfter } from '../domain/renewal-states';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import { dueRenewal, offeringsOf } from './due-renewal';
import { RenewalRequestRepository } from './renewal-request.repository';
import type { RenewalRequestRow } from './renewal-request.schema';
import { RenewalSettings } from './renewal-settings.service';

/** A subscriber, or care for them, renews by hand: the door only asks, a process charges. */
@Injectable()
export class RenewalRequestService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly requests: RenewalRequestRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly offerings: OfferingRepository,
    private readonly settings: RenewalSettings,
  ) {}

  async request(principal: Principal, subscriptionId: string): Promise<RenewalRequestRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const { accountId, renewal, status } = await this.settings.own(principal, subscriptionId);
    if (status === 'terminated' || !renewal || !renewalAfter(renewal.state, 'paid'))
      throw conflict('notRenewable', `Subscription ${subscriptionId} has ended.`, 'Add a new subscription.');
    if (await this.requests.openOf(tenantId, subscriptionId))
      throw conflict('alreadyBeingPaid', 'A renewal by hand is on its way already.');
    const row = { _id: newId('rnr'), subscriptionId, accountId, requestedAt: at, outcome: null };
    return this.db.transaction(async () => {
      await this.requests.insert(tenantId, row);
      const after = { subscriptionId, paidUntil: renewal.paidUntil };
      await this.audit.record(principal, { at, what: 'renewByHand', entity: row._id, after });
      await this.outbox.start(renewalRequest, [{ tenantId, at, requestId: row._id }]);
      return row;
    });
  }

  async find(principal: Principal, requestId: string): Promise<RenewalRequestRow> {
    const row = await this.requests.find(principal.tenantId, requestId);
    const isTheirs = principal.kind !== 'subscriber' || row?.accountId === principal.accountId;
    if (!row || !isTheirs) throw notFound('renewal request', requestId);
    return row;
  }

  /** Priced when it is charged: what is lapsed is renewed at the price of the day. */
  async load(tenantId: string, requestId: string, at: Instant): Promise<DueRenewal | null> {
    const request = await this.requests.find(tenantId, requestId);
    const row = request && (await this.subscriptions.find(tenantId, request.subscriptionId));
    if (!row?.renewal || row.status === 'terminated' || !renewalAfter(row.renewal.state, 'paid')) return null;
    return dueRenewal(row, await this.offerings.prices(tenantId, offeringsOf([row])), at);
  }

  async record({
    tenantId,
    requestId,
    outcome,
  }: Parameters<PrepaidActivities['recordRenewalRequest']>[0]): Promise<void> {
    await this.requests.setOutcome(tenantId, requestId, outcome);
  }
}
