import { grantsOfGroup } from '../buckets/entitlement';
import { noRest, type PeriodRest, restOf } from '../buckets/period-rest';
import type { GuidedUsage } from '../guiding/guide-usage';
import { type CyclePeriods, paidPeriodAt, unpaidPeriod, type UsagePeriod } from '../guiding/usage-periods';
import type { GuideKnowledge } from '../guiding/guide-usage';
import { emptyState, type FoldedUsage, foldGroup, type FoldState } from '../rating/fold-group';

/** A century of months: what goes on longer than that is not carried. */
const mostPeriods = 1200;

/**
 * A charging group's usage, period after period: each begins with what the one before it left, those without usage
 * included. Nothing is known of the time before the first usage: it leaves nothing.
 */
export function* foldPeriods(
  usages: readonly GuidedUsage[],
  { periods, catalog }: Pick<GuideKnowledge, 'periods' | 'catalog'>,
): Generator<FoldedUsage> {
  let rest = noRest;
  let before: GuidedUsage | null = null;
  for (const period of byPeriod(usages)) {
    const [first] = period;
    if (before !== null) rest = restFor(first!, before, rest, { periods, catalog });
    const { state, folded } = foldGroup(emptyState(rest), period);
    yield* folded;
    before = first!;
    rest = left(before, before.period, state, catalog);
  }
}

function byPeriod(usages: readonly GuidedUsage[]): GuidedUsage[][] {
  const found = new Map<string, GuidedUsage[]>();
  for (const usage of usages) {
    const period = found.get(usage.period.key);
    if (period) period.push(usage);
    else found.set(usage.period.key, [usage]);
  }
  return [...found.values()].sort(([one], [other]) => (one!.period.fromAt < other!.period.fromAt ? -1 : 1));
}

const left = (
  { entitlement, groupId }: GuidedUsage,
  period: UsagePeriod,
  state: FoldState,
  catalog: GuideKnowledge['catalog'],
): PeriodRest => restOf(grantsOfGroup(entitlement.account, groupId, catalog, period), state, period);

/** What the period before left, passed on through periods without usage. */
function restFor(
  next: GuidedUsage,
  before: GuidedUsage,
  rest: PeriodRest,
  { periods, catalog }: Pick<GuideKnowledge, 'periods' | 'catalog'>,
): PeriodRest {
  let passed = rest;
  let period = periodAfter(before, before.period, periods);
  for (let step = 0; period && step < mostPeriods; step += 1) {
    if (period.fromAt >= next.period.fromAt) return period.key === next.period.key ? passed : noRest;
    passed = left(before, period, emptyState(passed), catalog);
    period = periodAfter(before, period, periods);
  }
  return noRest;
}

/** `null`: nothing is carried out of it. Members of a pool have paid periods of their own, so that a pool's have no order. */
function periodAfter(
  { cycle, poolId, entitlement }: GuidedUsage,
  period: UsagePeriod,
  periods: CyclePeriods,
): UsagePeriod | null {
  if (period === unpaidPeriod) return null;
  if (cycle) return periods.at(cycle, period.toAt);
  const next = poolId ? unpaidPeriod : paidPeriodAt(entitlement.subscription.paidPeriods, period.toAt);
  return next === unpaidPeriod ? null : next;
}
