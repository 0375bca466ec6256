import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { covers } from '../domain/identifier-ownership';
import type { OurSim } from '../domain/network-differences';
import { AssignmentRepository } from '../identifiers/assignment.repository';
import type { AssignmentRow } from '../identifiers/assignment.schema';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import { NetworkOrderRepository } from './network-order.repository';
import { NetworkRepository } from './network.repository';
import type { NetworkStateRow } from './network.schema';

/** A stretch of ICCIDs: after the first, up to and with the last. */
export interface SimRange {
  after: string | null;
  upTo: string | null;
}

export const iccidsIn = ({ after, upTo }: SimRange): object => ({
  $gt: after ?? '',
  ...(upTo === null ? {} : { $lte: upTo }),
});

/** SIMs as we want them at an instant: by their assignments, and by what was ordered last. */
@Injectable()
export class OurSims {
  constructor(
    private readonly assignments: AssignmentRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly network: NetworkRepository,
    private readonly orders: NetworkOrderRepository,
  ) {}

  between(tenantId: string, range: SimRange, at: Instant): Promise<OurSim[]> {
    return this.matching(tenantId, iccidsIn(range), at);
  }

  async one(tenantId: string, iccid: string, at: Instant): Promise<OurSim | null> {
    return (await this.matching(tenantId, { $eq: iccid }, at))[0] ?? null;
  }

  private async matching(tenantId: string, iccid: object, at: Instant): Promise<OurSim[]> {
    const cards = (await this.assignments.cards(tenantId, iccid)).filter((row) => covers(row, at));
    const subscriptionIds = cards.map(({ subscriptionId }) => subscriptionId);
    const [held, subscriptions, states] = [
      (await this.assignments.ofSubscriptions(tenantId, subscriptionIds)).filter((row) => covers(row, at)),
      await this.subscriptions.findMany(tenantId, subscriptionIds),
      await this.network.statesMatching(tenantId, iccid),
    ];
    const statusOf = new Map(subscriptions.map(({ _id, status }) => [_id, status as string]));
    const cardOf = new Map(cards.map((card) => [card.value, card]));
    const stateOf = new Map(states.map((row) => [row.iccid, row]));
    const underWay = new Set(
      (await this.orders.openOf(tenantId, [...stateOf.keys()])).flatMap(({ iccid: own, replaces }) => [
        own,
        ...replaces.map((each) => each.iccid),
      ]),
    );
    return [...new Set([...cardOf.keys(), ...stateOf.keys()])].map((own) => {
      const [card, state] = [cardOf.get(own), stateOf.get(own)];
      const values = (kind: AssignmentRow['kind']) =>
        held
          .filter((row) => row.kind === kind && row.subscriptionId === card?.subscriptionId)
          .map(({ value }) => value);
      return {
        iccid: own,
        subscriptionId: card?.subscriptionId ?? state?.subscriptionId ?? null,
        accountId: card?.accountId ?? state?.accountId ?? null,
        standing: underWay.has(own)
          ? 'unsettled'
          : standing(card && statusOf.get(card.subscriptionId), state),
        desired: state?.desired ?? 'active',
        imsis: values('imsi'),
        msisdns: values('msisdn'),
      };
    });
  }
}

const beforeService = ['created', 'pendingActive'];

function standing(status: string | undefined, state: NetworkStateRow | undefined): OurSim['standing'] {
  if (status === undefined || status === 'terminated' || state?.desired === 'deactivated') return 'ended';
  return beforeService.includes(status) ? 'unsettled' : 'live';
}
