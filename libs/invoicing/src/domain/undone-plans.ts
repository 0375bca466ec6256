import { localDateOf } from '@tollkeeper/calendar';
import type { AccountProfile, SubscriptionProfile } from '@tollkeeper/contracts';
import type { LastBilled } from './bill';
import { type ChargeHolder, farAway, numberOf } from './charge-holders';

interface ChargeOf {
  holderId: string;
  offeringId: string;
}

/** `<holder>/<offering>/<charge>` */
const chargeOf = (chargeKey: string): ChargeOf => {
  const [start, end] = [chargeKey.indexOf('/'), chargeKey.lastIndexOf('/')];
  return { holderId: chargeKey.slice(0, start), offeringId: chargeKey.slice(start + 1, end) };
};

/** Offerings that were billed and that the account's history knows nothing of any more. */
export function undoneOfferings(known: ReadonlySet<string>, lastBilled: LastBilled | null): string[] {
  const billed = Object.keys(lastBilled?.chargedThrough ?? {}).map((key) => chargeOf(key).offeringId);
  return [...new Set(billed)].filter((offeringId) => !known.has(offeringId));
}

/**
 * A change of plan that is known ahead is charged ahead; called off before its day, it never was. Whoever was to have
 * the plan stands for it here, so that all that was charged for it is given back, whatever its price gives back else.
 */
export function undoneHolders(
  {
    account,
    lastBilled,
    cycle,
  }: { account: AccountProfile; lastBilled: LastBilled | null; cycle: { zone: string } },
  holders: readonly ChargeHolder[],
): ChargeHolder[] {
  if (!lastBilled) return [];
  const held = new Set(holders.map(({ holderId, offeringId }) => `${holderId}/${offeringId}`));
  const undone = new Map<string, ChargeHolder>();
  for (const [chargeKey, { from, earlier = [] }] of Object.entries(lastBilled.billed ?? {})) {
    if (held.has(chargeKey.slice(0, chargeKey.lastIndexOf('/')))) continue;
    const { holderId, offeringId } = chargeOf(chargeKey);
    const first = earlier[0]?.from ?? from;
    const subscription = memberOf(account, holderId);
    if (first === undefined || subscription === undefined) continue;
    const before = undone.get(`${holderId}/${offeringId}`);
    if (before && before.days.from <= first) continue;
    undone.set(`${holderId}/${offeringId}`, {
      ...{ holderId, offeringId, days: { from: first, to: farAway }, undone: true },
      rootId: subscription.slice?.subscriptionId ?? holderId,
      kind: 'subscription',
      subscriptionId: subscription.subscriptionId === holderId ? holderId : null,
      number: subscription.subscriptionId === holderId ? numberOf(subscription) : null,
      servedFrom: localDateOf(subscription.slice?.activeFrom ?? subscription.activeFrom, cycle.zone),
      ...(subscription.activeTo === null ? {} : { hasEnd: true as const }),
    });
  }
  return [...undone.values()].flatMap((holder) => [holder, { ...holder, kind: 'pool' as const }]);
}

/** Pools are known by their members. */
const memberOf = ({ subscriptions }: AccountProfile, holderId: string): SubscriptionProfile | undefined =>
  subscriptions.find(({ subscriptionId, poolId }) => subscriptionId === holderId || poolId === holderId);
