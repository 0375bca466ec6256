import type { Cycle, Instant } from '@tollkeeper/calendar';
import type { SubscriptionProfile } from '@tollkeeper/contracts';
import { entitlementOf, type Entitlement } from '../buckets/entitlement';
import { versionAt, type CompiledCatalog, type CompiledOffering } from '../catalog/compile-catalog';
import type { CompiledDeck } from '../deck/compile-deck';
import type { SuspenseReason } from '../record/usage-record';
import { usageAsksOnNet } from './on-net';
import type { Subscriber } from './subscriber-directory';
import { type CyclePeriods, paidPeriodAt, unpaidPeriod, type UsagePeriod } from './usage-periods';

/** As long as a subscription's plan, its deck and its period stay the same, so does this. Half-open. */
interface PlanStretch {
  fromAt: Instant;
  toAt: Instant;
  offering: CompiledOffering;
  deck: CompiledDeck;
  /** All versions of the deck, newest first. */
  deckVersions: readonly CompiledDeck[] | undefined;
  /** `null` for plans paid in advance: their usage is on no invoice. */
  cycle: Cycle | null;
  period: UsagePeriod;
  /** Where its allowances come from. */
  entitlement: Entitlement;
  asksOnNet: boolean;
}

interface Known {
  account: Subscriber['account'];
  catalog: CompiledCatalog;
  stretch: PlanStretch;
}

export interface PlanKnowledge {
  catalog: CompiledCatalog;
  periods: CyclePeriods;
}

const last = new WeakMap<SubscriptionProfile, Known>();

/** A subscription's records lie close together in time: mostly its last stretch is the next record's too. */
export function stretchAt(
  { account, subscription }: Subscriber,
  { catalog, periods }: PlanKnowledge,
  at: Instant,
): PlanStretch | SuspenseReason {
  const known = last.get(subscription);
  if (known !== undefined && known.catalog === catalog && known.account === account) {
    const { stretch } = known;
    if (stretch.fromAt <= at && at < stretch.toAt) return stretch;
  }
  const stretch = findStretch({ account, subscription }, { catalog, periods }, at);
  if (typeof stretch !== 'string') last.set(subscription, { account, catalog, stretch });
  return stretch;
}

/** Beyond every real instant, and still comparable as text. */
const endOfTime: Instant = '9999-12-31T23:59:59.999Z';

const latest = (...instants: Instant[]): Instant =>
  instants.reduce((most, each) => (each > most ? each : most));
const earliest = (...instants: Instant[]): Instant =>
  instants.reduce((least, each) => (each < least ? each : least));

/** Versions stand newest first: the one before it in the list ends it. */
function endOfVersion<Version extends { validFrom: Instant }>(
  versions: readonly Version[] | undefined,
  version: Version,
): Instant {
  return versions?.[versions.indexOf(version) - 1]?.validFrom ?? endOfTime;
}

function findStretch(
  { account, subscription }: Subscriber,
  { catalog, periods }: PlanKnowledge,
  at: Instant,
): PlanStretch | SuspenseReason {
  const plan = subscription.plans.find(({ from, to }) => from <= at && (to === null || at < to));
  const versions = plan && catalog.offerings.get(plan.offeringId);
  const offering = versionAt(versions, at);
  if (!plan || !offering) return 'offeringUnknown';
  const deckVersions = catalog.decks.get(offering.deckId);
  const deck = versionAt(deckVersions, at);
  if (!deck) return 'noDeck';
  const cycle = offering.paidInAdvance ? null : account.cycle;
  if (!offering.paidInAdvance && !cycle) return 'noCycle';
  const period = cycle ? periods.at(cycle, at) : paidPeriodAt(subscription.paidPeriods, at);
  const isKept = period !== unpaidPeriod;
  return {
    // Between two paid periods nothing says where the next one begins: such a stretch holds no second record.
    fromAt: isKept ? latest(plan.from, offering.validFrom, deck.validFrom, period.fromAt) : at,
    toAt: isKept
      ? earliest(
          plan.to ?? endOfTime,
          endOfVersion(versions, offering),
          endOfVersion(deckVersions, deck),
          period.toAt,
        )
      : at,
    offering,
    deck,
    deckVersions,
    cycle,
    period,
    entitlement: entitlementOf(account, subscription, catalog),
    asksOnNet: usageAsksOnNet(offering, deck, subscription, catalog),
  };
}
