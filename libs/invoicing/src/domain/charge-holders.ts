import { type Instant, intersect, type LocalDate, localDateOf, type Period } from '@tollkeeper/calendar';
import type { AccountProfile, SubscriptionProfile } from '@tollkeeper/contracts';

/** A plan somebody has: a subscription, or a pool that pays the plan once for all of its members. */
export interface ChargeHolder {
  holderId: string;
  /** The subscription that people know, where `holderId` is a payer's slice of it. */
  rootId: string;
  kind: 'subscription' | 'pool';
  subscriptionId: string | null;
  number: string | null;
  offeringId: string;
  days: Period;
  /** Only where payers change: this one pays for a part of the plan's days. */
  part?: PayersPart;
}

export interface PayersPart {
  /** First day of the plan, whoever paid then. */
  planFrom: LocalDate;
  /** First day of the next payer; `null` for the last one. */
  nextPayerFrom: LocalDate | null;
}

const farAway: LocalDate = '9999-12-31';
const notYetServed = new Set<string>(['created', 'pendingActive']);

/** The first day counts, the day of the end does not. */
const daysOf = (from: Instant, to: Instant | null, zone: string): Period => ({
  from: localDateOf(from, zone),
  to: to === null ? farAway : localDateOf(to, zone),
});

export const numberOf = ({ identifiers }: SubscriptionProfile): string | null =>
  identifiers
    .filter(({ kind }) => kind === 'msisdn')
    .sort((left, right) => (left.from < right.from ? 1 : -1))[0]?.value ?? null;

/** A bill asks for its holders several times: whoever builds one finds them once. */
export const holdersOf = ({
  holders,
  account,
  cycle,
}: {
  holders?: readonly ChargeHolder[];
  account: AccountProfile;
  cycle: { zone: string };
}): readonly ChargeHolder[] => holders ?? chargeHolders(account, cycle.zone);

/** One holder per stretch of a plan, in the order of the account's numbers. */
export function chargeHolders(account: AccountProfile, zone: string): ChargeHolder[] {
  const single = account.subscriptions
    .filter(({ status }) => !notYetServed.has(status))
    .flatMap((subscription) => plansOf(subscription, zone))
    .sort(byNumber);
  return [...single, ...poolsOf(account, single)];
}

function plansOf(subscription: SubscriptionProfile, zone: string): ChargeHolder[] {
  const { subscriptionId, activeFrom, activeTo, plans, addOns = [] } = subscription;
  const active = daysOf(activeFrom, activeTo, zone);
  return [...plans, ...addOns].flatMap(({ offeringId, from, to }) => {
    const days = intersect(active, daysOf(from, to, zone));
    if (!days) return [];
    const number = numberOf(subscription);
    const part = partOf(subscription, from, zone);
    const rootId = subscription.slice?.subscriptionId ?? subscriptionId;
    const holder = { holderId: subscriptionId, rootId, kind: 'subscription' as const, subscriptionId };
    return [{ ...holder, number, offeringId, days, ...(part ? { part } : {}) }];
  });
}

function partOf(
  { slice, activeTo }: SubscriptionProfile,
  planFrom: Instant,
  zone: string,
): PayersPart | null {
  if (!slice) return null;
  const begins = planFrom > slice.activeFrom ? planFrom : slice.activeFrom;
  const nextPayerFrom = slice.continues && activeTo !== null ? localDateOf(activeTo, zone) : null;
  return { planFrom: localDateOf(begins, zone), nextPayerFrom };
}

/** A pool has the plan from its first member's first day to its last member's last. */
function poolsOf({ subscriptions }: AccountProfile, members: ChargeHolder[]): ChargeHolder[] {
  const poolOf = new Map(
    subscriptions.map(({ subscriptionId, poolId }) => [subscriptionId, poolId ?? subscriptionId]),
  );
  const pools = new Map<string, ChargeHolder>();
  for (const member of members) {
    const poolId = poolOf.get(member.holderId) ?? member.holderId;
    const key = `${poolId}/${member.offeringId}`;
    const pool = pools.get(key) ?? {
      ...member,
      holderId: poolId,
      rootId: poolId,
      kind: 'pool',
      subscriptionId: null,
      number: null,
    };
    pools.set(key, { ...pool, days: hull(pool.days, member.days) });
  }
  return [...pools.values()];
}

const hull = (left: Period, right: Period): Period => ({
  from: left.from < right.from ? left.from : right.from,
  to: left.to > right.to ? left.to : right.to,
});

const sortKey = ({ number, holderId, days, offeringId }: ChargeHolder): string =>
  `${number ?? ''}/${holderId}/${days.from}/${offeringId}`;
const byNumber = (left: ChargeHolder, right: ChargeHolder): number =>
  sortKey(left) < sortKey(right) ? -1 : 1;
