import {
  addOnRules,
  type CompiledCatalog,
  CyclePeriods,
  emptyState,
  entitlementOf,
  type FoldedUsage,
  foldGroup,
  type FoldState,
  type GuidedUsage,
  guideOn,
  type RatedUsage,
  type SubscriberAccount,
  type SuspenseReason,
} from '@tollkeeper/tariff';
import type { ChargingPeriodRow } from '../periods/charging-period.schema';
import type { UsageRow } from '../usage/usage.schema';

/** A charging period's records with the plan and deck that they were rated from: only their order is new. */
export function refold(
  period: ChargingPeriodRow,
  rows: readonly UsageRow[],
  account: SubscriberAccount,
  catalog: CompiledCatalog,
): { state: FoldState; folded: FoldedUsage[] } {
  return foldGroup(
    emptyState(period.before ?? undefined),
    rows.map((row) => guidedAsStored(period, row, account, catalog)),
  );
}

export function guidedAsStored(
  period: ChargingPeriodRow,
  row: UsageRow,
  account: SubscriberAccount,
  catalog: CompiledCatalog,
): GuidedUsage {
  const { accountId, zone, cycle } = account;
  const { subscriptionId, offeringId, offeringVersion, explanation } = row;
  const offering = catalog.offerings
    .get(offeringId ?? '')
    ?.find(({ version }) => version === offeringVersion);
  const deckVersions = catalog.decks.get(offering?.deckId ?? '');
  const deck = deckVersions?.find(({ label }) => label === explanation?.deck);
  const subscription = account.subscriptions.find((each) => each.subscriptionId === subscriptionId);
  if (!subscription || !offering || !deck)
    throw new Error(`usage ${row.recordId} names a plan or deck that is not here`);
  return {
    record: row,
    accountId,
    subscriptionId: subscription.subscriptionId,
    zone,
    offering,
    deck,
    deckVersions,
    rules: addOnRules(subscription, catalog, row.startAt),
    cycle: row.unbilled === null ? cycle : null,
    entitlement: entitlementOf(account, subscription, catalog),
    ...placeOf(period, subscription.subscriptionId),
  };
}

/** The record stays with its subscription and in its period; plan and deck are those in force at its start, as they stand now. */
export function guidedInForce(
  period: ChargingPeriodRow,
  row: UsageRow,
  account: SubscriberAccount,
  catalog: CompiledCatalog,
): GuidedUsage | SuspenseReason {
  const { subscriptionId } = row;
  const subscription = account.subscriptions.find((each) => each.subscriptionId === subscriptionId);
  if (!subscription || !subscriptionId) return 'unknownSubscriber';
  const guided = guideOn(row, { account, subscription }, { catalog, periods: new CyclePeriods() });
  return typeof guided === 'string' ? guided : { ...guided, ...placeOf(period, subscriptionId) };
}

const placeOf = (
  { groupId, periodKey, fromAt, toAt }: ChargingPeriodRow,
  subscriptionId: string,
): Pick<GuidedUsage, 'groupId' | 'poolId' | 'period'> => ({
  groupId,
  poolId: groupId === subscriptionId ? null : groupId,
  period: { key: periodKey, fromAt, toAt },
});

export function ratedAgain({ guided, outcome }: FoldedUsage): RatedUsage {
  if ('rated' in outcome) return outcome.rated;
  throw new Error(
    `usage ${guided.record.recordId} was rated and cannot be rated again: ${outcome.suspended}`,
  );
}
