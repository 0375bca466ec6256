import { Injectable } from '@nestjs/common';
import { addDuration } from '@tollkeeper/calendar';
import { type DueRenewal, type OrderRef, renewalKey } from '@tollkeeper/contracts';
import { isDuplicateKey, Outbox, refusal, ServiceDatabase } from '@tollkeeper/platform';
import { DepositDesk } from '../credit/deposit-desk.service';
import { AccountNews } from '../accounts/account-news.service';
import { AccountRepository } from '../accounts/account.repository';
import { TimelineRepository } from '../accounts/timeline.repository';
import { OfferingRepository } from '../copies/offering.repository';
import { accountStateOf, productStatusIn } from '../domain/network-state';
import { liveStateOf } from '../domain/sim-state';
import { priceAt } from '../domain/offering-price';
import { paidPeriodFrom } from '../domain/paid-periods';
import { AssignmentService } from '../identifiers/assignment.service';
import { InventoryRepository } from '../identifiers/inventory.repository';
import { InventoryService } from '../identifiers/inventory.service';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import { SubscriptionParties } from '../subscriptions/subscription-parties.service';
import { paidRenewal, type SubscriptionRow } from '../subscriptions/subscription.schema';
import { idTaken } from '../subscriptions/id-taken';
import { OrderRepository } from './order.repository';
import type { OrderRow } from './order.schema';
import { atOnce, type StepContext, type StepHandler, wantedOf } from './step-handler';

/** A reservation outlives its order's date by this: long enough to settle a refusal. */
const reservedDaysAfter = 30;

/** What begins a subscription: numbers kept for it, its first period paid, its row. */
@Injectable()
export class ActivationSteps {
  readonly steps: Record<string, StepHandler> = {
    reserveIdentifiers: atOnce(
      (context) => this.reserve(context),
      async ({ tenantId, at, order }) => void (await this.inventory.release(tenantId, order._id, at)),
    ),
    takeDeposit: atOnce(
      () => Promise.reject(new Error('a deposit is taken by payments')),
      ({ tenantId, at, order }) => this.deposits.undo(tenantId, at, order),
    ),
    // Payments takes it; what was refused took nothing, and what was taken is final.
    firstCharge: atOnce(() => Promise.reject(new Error('the first charge is taken by payments'))),
    activate: atOnce((context) => this.activate(context)),
    welcome: atOnce((context) => this.welcome(context)),
  };

  constructor(
    private readonly db: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly orders: OrderRepository,
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly parties: SubscriptionParties,
    private readonly offerings: OfferingRepository,
    private readonly inventory: InventoryService,
    private readonly inventoryRows: InventoryRepository,
    private readonly assignments: AssignmentService,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
    private readonly deposits: DepositDesk,
  ) {}

  /** The period begins with the attempt that pays it; asked again, the same attempt pays the same period. */
  firstChargeOf({ tenantId, orderId, at }: OrderRef): Promise<{ due: DueRenewal | null }> {
    return this.db.transaction(async () => {
      const order = await this.orders.find(tenantId, orderId);
      if (!order) throw refusal('orderUnknown', `there is no order ${orderId}`);
      const price = await this.priceOf(tenantId, order, at);
      if (!price.paidInAdvance) return { due: null };
      const attempt = order.steps.find(({ step }) => step === 'firstCharge')?.attempt ?? 1;
      const charge =
        order.charge?.attempt === attempt
          ? order.charge
          : { attempt, ...paidPeriodFrom(at, price.paidInAdvance.days) };
      if (charge !== order.charge) await this.orders.replace(tenantId, { ...order, charge });
      const { subscriptionId, accountId } = order;
      const { offeringId, currency } = price;
      const amountMinor = price.paidInAdvance.amountMinor;
      const { from, to } = charge;
      return { due: { subscriptionId, accountId, offeringId, amountMinor, currency, from, to } };
    });
  }

  /** Numbers and cards that the inventory does not know are taken into it when they are assigned. */
  private async reserve({ tenantId, at, order }: StepContext): Promise<void> {
    const known = await this.inventoryRows.findMany(tenantId, wantedOf(order, 'identifiers'));
    const from = order.effectiveAt > at ? order.effectiveAt : at;
    const until = addDuration(from, { days: reservedDaysAfter });
    await this.inventory.reserve(tenantId, order._id, known, until, at);
  }

  private async priceOf(tenantId: string, order: OrderRow, at: string) {
    const offeringId = wantedOf(order, 'offeringId');
    const price = priceAt((await this.offerings.prices(tenantId, [offeringId])).get(offeringId) ?? [], at);
    if (!price) throw new Error(`offering ${offeringId} of order ${order._id} is not sold at ${at}`);
    return price;
  }

  private async activate({ tenantId, at, order }: StepContext): Promise<void> {
    const { _id: orderId, accountId, subscriptionId, wanted, charge } = order;
    const account = await this.accounts.find(tenantId, accountId);
    if (!account) throw refusal('accountUnknown', `there is no account ${accountId}`);
    const offeringId = wantedOf(order, 'offeringId');
    const from = charge?.from ?? at;
    const fresh: SubscriptionRow = {
      _id: subscriptionId,
      accountId,
      externalId: wanted.externalId ?? null,
      status: 'active',
      activeFrom: from,
      activeTo: null,
      plans: [{ offeringId, from, to: null }],
      poolId: wanted.poolId ? `${accountId}.${wanted.poolId}` : null,
      parties: [],
      paidPeriods: charge ? [{ from, to: charge.to, key: renewalKey(subscriptionId, from) }] : [],
      renewal: charge ? paidRenewal(charge.to) : null,
    };
    const state = liveStateOf(fresh, accountStateOf(account));
    const row = { ...fresh, status: productStatusIn(state, fresh.status) };
    const begun = await this.parties.begin(tenantId, [row]);
    await this.subscriptions.insertMany(tenantId, begun).catch((error: unknown) => {
      throw isDuplicateKey(error) ? idTaken(wanted.externalId) : error;
    });
    const identifiers = wantedOf(order, 'identifiers');
    await this.assignments.assign(tenantId, { subscriptionId, accountId, identifiers, from, orderId }, at);
    const details = { orderId, subscriptionId, offeringId };
    await this.timeline.record(tenantId, [{ accountId, at, what: 'activated', details }]);
    await this.news.changed(tenantId, at, [accountId]);
    if (charge) await this.news.renewalsChanged(tenantId, at);
  }

  private async welcome({ tenantId, at, order }: StepContext): Promise<void> {
    const { name } = await this.priceOf(tenantId, order, at);
    const msisdn = wantedOf(order, 'identifiers').find(({ kind }) => kind === 'msisdn')?.value;
    await this.outbox.tell(tenantId, at, 'messageRequested', [
      {
        key: `${order._id}/welcome`,
        accountId: order.accountId,
        channel: 'email',
        template: 'welcome',
        data: { offeringName: name, ...(msisdn ? { msisdn: `+${msisdn}` } : {}) },
        attachments: [],
        requestedAt: at,
      },
    ]);
  }
}
