import type { Cycle, Instant } from '@tollkeeper/calendar';
import type { SubscriptionProfile } from '@tollkeeper/contracts';
import type { Entitlement } from '../buckets/entitlement';
import { versionAt, type CompiledCatalog, type CompiledOffering } from '../catalog/compile-catalog';
import type { AgreedRows } from '../deck/agreed-rows';
import type { CompiledDeck } from '../deck/compile-deck';
import type { CompiledRule } from '../prices/price-rules';
import type { SuspenseReason, UsageRecord } from '../record/usage-record';
import { agreedRowsAt } from './agreed-rows';
import { agreedRules } from './agreed-rules';
import { agreedAsks, withOnNet } from './on-net';
import { stretchAt, type PlanKnowledge } from './plan-stretch';
import type { Subscriber, SubscriberDirectory } from './subscriber-directory';
import { type CyclePeriods, paidPeriodAfter, unpaidPeriod, type UsagePeriod } from './usage-periods';

/** A record with its subscription, plan, deck and period: all that pricing needs. */
export interface GuidedUsage {
  record: UsageRecord;
  accountId: string;
  subscriptionId: string;
  /** The pool, or the subscription itself: whose records are folded together. */
  groupId: string;
  poolId: string | null;
  zone: string;
  offering: CompiledOffering;
  deck: CompiledDeck;
  /** All versions of the deck, newest first: a long call may reach into the next one. Left out: only this one. */
  deckVersions?: readonly CompiledDeck[];
  /** Prices that go before the plan's own: of add-ons that run then, and agreed with the customer. Left out: none. */
  rules?: readonly CompiledRule[];
  /** Rows agreed with the customer, which go before the deck's. Left out: none. */
  agreedRows?: AgreedRows;
  /** `null` for plans paid in advance: their usage is on no invoice. */
  cycle: Cycle | null;
  period: UsagePeriod;
  /** The period that it was used in, where that was billed before it came. Left out: `period` itself. */
  lateOf?: UsagePeriod;
  /** Where its allowances come from. */
  entitlement: Entitlement;
}

export interface GuideKnowledge extends PlanKnowledge {
  directory: SubscriberDirectory;
}

/** Who used it, on which plan, from which deck, in which period: all as of the event's start. */
export function guideUsage(record: UsageRecord, known: GuideKnowledge): GuidedUsage | SuspenseReason {
  const subscriber = known.directory.subscriberAt(record);
  return subscriber ? guideOn(record, subscriber, known) : 'unknownSubscriber';
}

/** The same where it is known who used it: a record that is rated again stays with its subscription. */
export function guideOn(
  record: UsageRecord,
  subscriber: Subscriber,
  known: PlanKnowledge & Partial<Pick<GuideKnowledge, 'directory'>>,
): GuidedUsage | SuspenseReason {
  const stretch = stretchAt(subscriber, known, record.startAt);
  if (typeof stretch === 'string') return stretch;
  const { account, subscription } = subscriber;
  const { offering, deck, deckVersions, cycle, period, entitlement } = stretch;
  const asks = stretch.asksOnNet || (account.overrides !== undefined && agreedAsks(account.overrides));
  const guided: GuidedUsage = {
    record: asks ? withOnNet(record, deck, known.directory) : record,
    accountId: account.accountId,
    subscriptionId: subscription.subscriptionId,
    groupId: subscription.poolId ?? subscription.subscriptionId,
    poolId: subscription.poolId,
    zone: account.zone,
    offering,
    deck,
    deckVersions,
    rules: rulesBefore(subscriber, known.catalog, offering.offeringId, record.startAt),
    cycle,
    period,
    entitlement,
  };
  if (account.overrides === undefined) return guided;
  const agreedRows = agreedRowsAt(account, subscription, offering.deckId, record.startAt);
  return agreedRows === undefined ? guided : { ...guided, agreedRows };
}

const isWithin = (from: Instant, to: Instant | null, at: Instant): boolean =>
  from <= at && (to === null || at < to);

/** Agreed with the customer, then those of add-ons: both go before the plan's own. */
function rulesBefore(
  { account, subscription }: Subscriber,
  catalog: CompiledCatalog,
  offeringId: string,
  at: Instant,
): readonly CompiledRule[] | undefined {
  const agreed = account.overrides ? agreedRules(account, subscription, offeringId, at) : [];
  const ofAddOns = addOnRules(subscription, catalog, at);
  return agreed.length === 0 ? ofAddOns : [...agreed, ...(ofAddOns ?? [])];
}

/** Prices of the add-ons that run then, in the order in which they were bought. */
export function addOnRules(
  { addOns = [] }: Pick<SubscriptionProfile, 'addOns'>,
  { offerings }: Pick<CompiledCatalog, 'offerings'>,
  at: Instant,
): readonly CompiledRule[] | undefined {
  if (addOns.length === 0) return undefined;
  const rules = addOns
    .filter(({ from, to }) => isWithin(from, to, at))
    .flatMap(({ offeringId }) => versionAt(offerings.get(offeringId), at)?.rules ?? []);
  return rules.length === 0 ? undefined : rules;
}

const mostClosedPeriods = 120;

/** Usage that comes after its period was billed (or rolled over) goes to the next open one, and keeps its own start. */
export function inOpenPeriod(
  guided: GuidedUsage,
  periods: CyclePeriods,
  isClosed: (guided: GuidedUsage, period: UsagePeriod) => boolean,
): GuidedUsage {
  let { period } = guided;
  for (let step = 0; isClosed(guided, period); step += 1) {
    const next = periodAfter(guided, period, periods);
    if (next === null) break;
    if (step === mostClosedPeriods)
      throw new RangeError(`${guided.groupId}: no open period after ${guided.period.key}`);
    period = next;
  }
  return period === guided.period ? guided : { ...guided, period, lateOf: guided.period };
}

const periodAfter = (
  { cycle, entitlement: { subscription } }: GuidedUsage,
  period: UsagePeriod,
  periods: CyclePeriods,
): UsagePeriod | null =>
  cycle ? periods.at(cycle, period.toAt) : paidPeriodAfter(subscription.paidPeriods, period);

export const isUnpaid = ({ period }: GuidedUsage): boolean => period.key === unpaidPeriod.key;
