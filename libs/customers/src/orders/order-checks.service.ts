import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { badInput, conflict, newId, notFound, refuseFindings } from '@tollkeeper/platform';
import { AccountRepository } from '../accounts/account.repository';
import type { AccountRow } from '../accounts/account.schema';
import { CreditLimits } from '../credit/credit-limits.service';
import { OfferingRepository } from '../copies/offering.repository';
import { changePlan } from '../domain/change-plan';
import { checkHeldPlan, checkPlan } from '../domain/check-account';
import { hasAddOn } from '../domain/dated-plans';
import type { Finding } from '../domain/finding';
import { overlap } from '../domain/identifier-ownership';
import { isBooster, priceAt } from '../domain/offering-price';
import { periodEndOf } from '../domain/period-end';
import { AssignmentRepository } from '../identifiers/assignment.repository';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import { idTaken } from '../subscriptions/id-taken';
import { Eligibility } from './eligibility.service';
import type { OrderRow, OrderWanted } from './order.schema';
import type { NewOrder, NewOrderOf } from './orders-requests';
import { type SubscriptionFacts, SubscriptionFactsService } from './subscription-facts.service';
import { WithdrawalService } from './withdrawal.service';

/** What an order is about, once it has been found possible. */
type PlannedOrder = Pick<OrderRow, 'accountId' | 'subscriptionId' | 'effectiveAt' | 'wanted'>;

/** Whatever cannot come true is refused at the door; each step looks again when it is taken. */
@Injectable()
export class OrderChecks {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly accounts: AccountRepository,
    private readonly offerings: OfferingRepository,
    private readonly assignments: AssignmentRepository,
    private readonly facts: SubscriptionFactsService,
    private readonly eligibility: Eligibility,
    private readonly limits: CreditLimits,
    private readonly withdrawals: WithdrawalService,
  ) {}

  async plan(tenantId: string, order: NewOrder, at: Instant): Promise<PlannedOrder> {
    if (order.kind === 'activation') return this.planActivation(tenantId, order, at);
    const facts = await this.facts.live(tenantId, order.subscriptionId);
    const { accountId } = facts.subscription;
    const effectiveAt = effectiveFrom(order, facts, at);
    const wanted = await this.wantedOf(tenantId, order, facts, effectiveAt);
    return { accountId, subscriptionId: order.subscriptionId, effectiveAt, wanted };
  }

  /** The plans as they are with the change; between an order's placing and its first step all may have changed. */
  async plansWith(
    tenantId: string,
    { subscription, account }: SubscriptionFacts,
    offeringId: string,
    since: Instant,
  ): Promise<SubscriptionRow['plans']> {
    const last = subscription.plans.at(-1)?.offeringId ?? '';
    const prices = await this.offerings.prices(tenantId, [offeringId, last]);
    const holder = { ...subscription, subscriptionId: subscription._id };
    const changed = changePlan(holder, account, prices, { offeringId, since, now: since });
    if ('plans' in changed) return changed.plans;
    if (changed.kind === 'conflict') throw conflict(changed.code, changed.reason, changed.hint);
    refuseFindings(changed.findings);
    throw new Error('a plan change was refused without a finding');
  }

  private async planActivation(
    tenantId: string,
    order: NewOrderOf<'activation'>,
    at: Instant,
  ): Promise<PlannedOrder> {
    const { accountId, offeringId, identifiers, externalId, poolId } = order;
    const account = await this.accounts.find(tenantId, accountId);
    if (!account) throw notFound('account', accountId);
    const effectiveAt = order.effectiveAt ?? at;
    refusePast(effectiveAt, at);
    await this.limits.refuseMoreDebt(tenantId, account, [offeringId], effectiveAt);
    const namesakes = externalId ? await this.subscriptions.findByExternalIds(tenantId, [externalId]) : [];
    if (namesakes.length > 0) throw idTaken(externalId);
    const prices = await this.offerings.prices(tenantId, [offeringId]);
    refuseFindings([
      ...checkPlan(offeringId, effectiveAt, account, prices),
      ...simMissing(identifiers),
      ...(await this.heldByOthers(
        tenantId,
        identifiers,
        effectiveAt,
        (index) => `identifiers.${index}.value`,
      )),
    ]);
    const bought = { offeringId, as: 'plan' as const, from: effectiveAt, account, subscription: null };
    refuseFindings(await this.eligibility.check(tenantId, bought));
    const wanted = {
      ...{ offeringId, identifiers },
      ...(externalId === undefined ? {} : { externalId }),
      ...(poolId === undefined ? {} : { poolId }),
    };
    return { accountId, subscriptionId: newId('sub'), effectiveAt, wanted };
  }

  private async wantedOf(
    tenantId: string,
    order: Exclude<NewOrder, { kind: 'activation' }>,
    facts: SubscriptionFacts,
    effectiveAt: Instant,
  ): Promise<OrderWanted> {
    switch (order.kind) {
      case 'planChange': {
        const fromOfferingId = facts.subscription.plans.at(-1)?.offeringId;
        const next = facts.subscription.renewal?.nextOfferingId;
        if (next)
          throw conflict(
            'planScheduled',
            `The next renewal changes the plan to ${next}.`,
            'Take that back first: PATCH .../renewal with nextOfferingId null.',
          );
        await this.plansWith(tenantId, facts, order.offeringId, effectiveAt);
        const wanted = { offeringId: order.offeringId, as: 'plan' as const, from: effectiveAt };
        refuseFindings(await this.eligibility.check(tenantId, { ...wanted, ...facts }));
        const offeringIds = [order.offeringId, fromOfferingId] as const;
        await this.limits.refuseMoreDebt(tenantId, facts.account, offeringIds, effectiveAt);
        return { offeringId: order.offeringId, ...(fromOfferingId ? { fromOfferingId } : {}) };
      }
      case 'addOnChange': {
        const { offeringId, action } = order;
        await this.checkAddOn(tenantId, { offeringId, action }, facts, effectiveAt);
        if (action === 'add') {
          const wanted = { offeringId, as: 'addOn' as const, from: effectiveAt };
          refuseFindings(await this.eligibility.check(tenantId, { ...wanted, ...facts }));
          await this.limits.refuseMoreDebt(tenantId, facts.account, [offeringId], effectiveAt);
        }
        return { offeringId, action };
      }
      case 'suspension':
        if (facts.subscription.suspendedSince)
          throw conflict('suspendedAlready', `It is suspended since ${facts.subscription.suspendedSince}.`);
        return {};
      case 'resumption':
        if (!facts.subscription.suspendedSince)
          throw conflict(
            'notSuspended',
            'It is not suspended on request.',
            'What debt or an unpaid period has stopped comes back with the payment.',
          );
        return {};
      case 'simSwap': {
        const card = [{ kind: 'iccid' as const, value: order.iccid, field: 'iccid' }];
        const imsi = order.imsi ? [{ kind: 'imsi' as const, value: order.imsi, field: 'imsi' }] : [];
        return this.newIdentifiers(tenantId, [...card, ...imsi], effectiveAt);
      }
      case 'numberChange':
      case 'portIn':
        return this.newIdentifiers(
          tenantId,
          [{ kind: 'msisdn' as const, value: order.msisdn, field: 'msisdn' }],
          effectiveAt,
        );
      case 'portOut':
        return order.recipient === undefined ? {} : { recipient: order.recipient };
      case 'termination':
        if (order.because === undefined) return {};
        await this.withdrawals.refuseLate(tenantId, facts, effectiveAt);
        return { because: order.because };
      case 'transfer':
        return this.checkTransfer(tenantId, order.toAccountId, facts, effectiveAt);
    }
  }

  private async newIdentifiers(
    tenantId: string,
    wanted: (NonNullable<OrderWanted['identifiers']>[number] & { field: string })[],
    from: Instant,
  ): Promise<OrderWanted> {
    const identifiers = wanted.map(({ kind, value }) => ({ kind, value }));
    refuseFindings(
      await this.heldByOthers(tenantId, identifiers, from, (index) => wanted[index]?.field ?? ''),
    );
    return { identifiers };
  }

  private async heldByOthers(
    tenantId: string,
    identifiers: NonNullable<OrderWanted['identifiers']>,
    from: Instant,
    fieldOf: (index: number) => string,
  ): Promise<Finding[]> {
    const held = await this.assignments.holding(tenantId, identifiers);
    return identifiers.flatMap((identifier, index) => {
      const { kind: wantedKind, value: wantedValue } = identifier;
      const holder = held.find(
        (row) => row.kind === wantedKind && row.value === wantedValue && overlap(row, { from, to: null }),
      );
      if (!holder) return [];
      const { kind, value, subscriptionId } = holder;
      return [{ field: fieldOf(index), reason: `${kind} ${value} belongs to ${subscriptionId} by then` }];
    });
  }

  async checkAddOn(
    tenantId: string,
    { offeringId = '', action }: OrderWanted,
    { subscription: { addOns = [] }, account }: SubscriptionFacts,
    from: Instant,
  ): Promise<void> {
    const has = hasAddOn(addOns, offeringId, from);
    if (action === 'remove' && !has)
      throw badInput('offeringId', `${offeringId} is no add-on of this subscription at ${from}.`);
    if (action === 'remove') return;
    const prices = await this.offerings.prices(tenantId, [offeringId]);
    const price = priceAt(prices.get(offeringId) ?? [], from);
    if (has && !(price && isBooster(price)))
      throw badInput('offeringId', `${offeringId} is an add-on of this subscription already.`);
    refuseFindings(checkPlan(offeringId, from, account, prices, 'addOn'));
    if (price?.paidInAdvance)
      throw badInput('offeringId', `${offeringId} is a plan paid in advance, not an add-on that is billed.`);
    if (account.cycleId === null)
      throw badInput('offeringId', 'The account has no billing cycle that could bill an add-on.');
  }

  private async checkTransfer(
    tenantId: string,
    toAccountId: string,
    { subscription, account }: SubscriptionFacts,
    from: Instant,
  ): Promise<OrderWanted> {
    const target: AccountRow | null = await this.accounts.find(tenantId, toAccountId);
    if (!target) throw badInput('toAccountId', `There is no account ${toAccountId}.`);
    if (target._id === account._id) throw badInput('toAccountId', 'It is this account already.');
    const offeringId = subscription.plans.at(-1)?.offeringId ?? '';
    const prices = await this.offerings.prices(tenantId, [offeringId]);
    refuseFindings(checkHeldPlan(offeringId, from, target, prices));
    return { toAccountId };
  }
}

function effectiveFrom(
  order: Exclude<NewOrder, { kind: 'activation' }>,
  { subscription, account }: SubscriptionFacts,
  at: Instant,
): Instant {
  if ('atPeriodEnd' in order && order.atPeriodEnd) {
    if (order.effectiveAt !== undefined)
      throw badInput('atPeriodEnd', 'Say either `atPeriodEnd` or `effectiveAt`.');
    const end = periodEndOf(subscription.renewal, account.cycle, at);
    if (end === null) throw badInput('atPeriodEnd', 'The account has no billing period.');
    return end;
  }
  const effectiveAt = order.effectiveAt ?? at;
  // A service may have ended before somebody says so; all else happens when it is ordered or later.
  if (order.kind !== 'termination') refusePast(effectiveAt, at);
  if (effectiveAt <= subscription.activeFrom)
    throw badInput('effectiveAt', `must be later than the activation (${subscription.activeFrom})`);
  return effectiveAt;
}

function refusePast(effectiveAt: Instant, at: Instant): void {
  if (effectiveAt < at)
    throw badInput('effectiveAt', `It cannot take effect before now (${at}).`, 'Leave it out for now.');
}

const simMissing = (identifiers: NonNullable<OrderWanted['identifiers']>): Finding[] =>
  identifiers.some(({ kind }) => kind === 'iccid')
    ? []
    : [{ field: 'identifiers', reason: 'name the SIM (kind iccid): the network activates cards' }];
