import { type Instant, type LocalDate, localDateOf, type Period } from '@tollkeeper/calendar';
import type { AccountProfile, RestrictionSpan, SubscriptionProfile } from '@tollkeeper/contracts';

/** A plan somebody has: a subscription, or a pool that pays the plan once for all of its members. */
export interface ChargeHolder {
  holderId: string;
  /** The subscription that people know, where `holderId` is a payer's slice of it. */
  rootId: string;
  kind: 'subscription' | 'pool';
  subscriptionId: string | null;
  number: string | null;
  offeringId: string;
  /** Without a day (`from` is `to`) where the plan or the service ended on the day on which it began. */
  days: Period;
  /** The days as instants, for charges that count seconds. */
  fromAt?: Instant;
  toAt?: Instant;
  /** First day of the service, whatever plans came between. Absent: the first day of `days`. */
  servedFrom?: LocalDate;
  /** When the service ends with this plan. Absent: it does not. */
  endsAt?: Instant;
  /** The service has an end, with this plan or a later one. Absent: none is known. */
  hasEnd?: true;
  /** It was to begin, was charged ahead and was called off: it never was. Absent: it was. */
  undone?: true;
  /** The customer withdrew from the contract: what was used is owed, and nothing else. Absent: no. */
  withdrawn?: true;
  /** Absent: never held back. */
  restrictions?: readonly RestrictionSpan[];
  /** Only where payers change: this one pays for a part of the plan's days. */
  part?: PayersPart;
}

interface PayersPart {
  /** First day of the plan, whoever paid then. */
  planFrom: LocalDate;
  /** First day of the next payer; `null` for the last one. */
  nextPayerFrom: LocalDate | null;
}

export const farAway: LocalDate = '9999-12-31';
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

/** A plan that ended on the day on which it began: its day belongs to what came after it. */
export const isWithinADay = ({ days }: Pick<ChargeHolder, 'days'>): boolean => days.from === days.to;

/** One holder per stretch of a plan, in the order of the account's numbers. */
export function chargeHolders(account: AccountProfile, zone: string): ChargeHolder[] {
  const single = account.subscriptions
    .filter(({ status }) => !notYetServed.has(status))
    .flatMap((subscription) => plansOf(subscription, zone))
    .sort(byNumber);
  return [...single, ...poolsOf(account, single)];
}

function plansOf(subscription: SubscriptionProfile, zone: string): ChargeHolder[] {
  const { subscriptionId, activeFrom, activeTo, plans, addOns = [], restrictions, withdrawn } = subscription;
  const rootId = subscription.slice?.subscriptionId ?? subscriptionId;
  const number = numberOf(subscription);
  const begunAt = subscription.slice?.activeFrom ?? activeFrom;
  const endsAt = subscription.slice?.continues ? null : activeTo;
  return [...plans, ...addOns].flatMap(({ offeringId, from, to }, position) => {
    const fromAt = from > activeFrom ? from : activeFrom;
    const toAt = to !== null && (activeTo === null || to < activeTo) ? to : activeTo;
    if (toAt !== null && toAt <= fromAt) return [];
    const days = daysOf(fromAt, toAt, zone);
    const part = partOf(subscription, from, zone);
    return [
      {
        holderId: subscriptionId,
        rootId,
        kind: 'subscription' as const,
        subscriptionId,
        number,
        offeringId,
        days,
        fromAt,
        servedFrom: localDateOf(position < plans.length ? begunAt : from, zone),
        ...(toAt === null ? {} : { toAt }),
        ...(endsAt !== null && endsAt === toAt ? { endsAt } : {}),
        ...(endsAt === null ? {} : { hasEnd: true as const }),
        ...(restrictions ? { restrictions } : {}),
        ...(withdrawn ? { withdrawn } : {}),
        ...(part ? { part } : {}),
      },
    ];
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
    const pool = pools.get(key);
    pools.set(key, pool ? joined(pool, member) : poolOfOne(poolId, member));
  }
  return [...pools.values()];
}

/** Its members are held back one by one; the pool is not. */
const poolOfOne = (poolId: string, { restrictions: _ofMember, ...member }: ChargeHolder): ChargeHolder => ({
  ...member,
  holderId: poolId,
  rootId: poolId,
  kind: 'pool',
  subscriptionId: null,
  number: null,
});

function joined(
  { endsAt: _ended, toAt: _before, withdrawn, ...pool }: ChargeHolder,
  member: ChargeHolder,
): ChargeHolder {
  const [first, last] = [
    pool.days.from <= member.days.from ? pool : member,
    pool.days.to > member.days.to ? { ...pool, toAt: _before, endsAt: _ended } : member,
  ];
  return {
    ...pool,
    days: hull(pool.days, member.days),
    ...(first.fromAt ? { fromAt: first.fromAt } : {}),
    ...(first.servedFrom ? { servedFrom: first.servedFrom } : {}),
    ...(last.toAt ? { toAt: last.toAt } : {}),
    ...(last.endsAt ? { endsAt: last.endsAt } : {}),
    // Who withdraws from a pool leaves it to the others.
    ...(withdrawn && member.withdrawn ? { withdrawn } : {}),
  };
}

const hull = (left: Period, right: Period): Period => ({
  from: left.from < right.from ? left.from : right.from,
  to: left.to > right.to ? left.to : right.to,
});

const sortKey = ({ number, holderId, days, offeringId, fromAt = '' }: ChargeHolder): string =>
  `${number ?? ''}/${holderId}/${days.from}/${offeringId}/${fromAt}`;
const byNumber = (left: ChargeHolder, right: ChargeHolder): number =>
  sortKey(left) < sortKey(right) ? -1 : 1;
