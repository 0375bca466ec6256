import { addDays, localDateOf, startOfDay, type Instant } from '@tollkeeper/calendar';
import type { GuideKnowledge } from '../guiding/guide-usage';
import type { Subscriber } from '../guiding/subscriber-directory';
import type { UsageEdge } from './session-rules';

interface Stretch {
  from: Instant;
  to: Instant;
}

/** No use lasts longer than this many days; what claims to is cut no further. */
const mostEdges = 1000;

const isInside = ({ from, to }: Stretch, at: Instant | null): at is Instant =>
  at !== null && from < at && at < to;

function midnights({ account: { zone } }: Subscriber, { from, to }: Stretch): Instant[] {
  const found: Instant[] = [];
  let date = addDays(localDateOf(from, zone), 1);
  for (let at = startOfDay(date, zone); at < to && found.length < mostEdges; at = startOfDay(date, zone)) {
    found.push(at);
    date = addDays(date, 1);
  }
  return found;
}

function cycleEnds(
  { account: { cycle }, subscription: { paidPeriods } }: Subscriber,
  stretch: Stretch,
  { periods }: GuideKnowledge,
): Instant[] {
  const found = paidPeriods.flatMap((paid) => [paid.from, paid.to]);
  if (!cycle) return found;
  let { toAt } = periods.at(cycle, stretch.from);
  for (let step = 0; toAt < stretch.to && step < mostEdges; step += 1) {
    found.push(toAt);
    toAt = periods.at(cycle, toAt).toAt;
  }
  return found;
}

/** When versions of its plans, or of their decks, came into force. */
function versionStarts(
  { subscription }: Subscriber,
  { from, to }: Stretch,
  { offerings, decks }: GuideKnowledge['catalog'],
): Instant[] {
  const running = subscription.plans.filter(
    (plan) => plan.from <= to && (plan.to === null || plan.to > from),
  );
  return running.flatMap(({ offeringId }) => {
    const versions = offerings.get(offeringId) ?? [];
    const deckIds = new Set(versions.map(({ deckId }) => deckId));
    const ofDecks = [...deckIds].flatMap((deckId) => decks.get(deckId) ?? []);
    return [...versions, ...ofDecks].map(({ validFrom }) => validFrom);
  });
}

/** Where a use of this subscriber may be cut, in order. */
export function edgesWithin(
  subscriber: Subscriber,
  stretch: Stretch,
  wanted: readonly UsageEdge[],
  known: GuideKnowledge,
): Instant[] {
  if (stretch.from >= stretch.to) return [];
  const byKind: Record<UsageEdge, () => (Instant | null)[]> = {
    midnight: () => midnights(subscriber, stretch),
    cycle: () => cycleEnds(subscriber, stretch, known),
    planChange: () => subscriber.subscription.plans.flatMap(({ from, to }) => [from, to]),
    tariffChange: () => versionStarts(subscriber, stretch, known.catalog),
  };
  const found = wanted.flatMap((kind) => byKind[kind]()).filter((at) => isInside(stretch, at));
  return [...new Set(found)].sort();
}

/**
 * The edge behind which an instant lies, however long the use around it was: what names a session's part, so that a
 * part keeps its name, and with that its period, when more of the session becomes known.
 */
export function stretchAt(
  { account, subscription }: Subscriber,
  at: Instant,
  wanted: readonly UsageEdge[],
  { periods, catalog }: Pick<GuideKnowledge, 'periods' | 'catalog'>,
): string {
  const byKind: Record<UsageEdge, () => (Instant | null)[]> = {
    midnight: () => [startOfDay(localDateOf(at, account.zone), account.zone)],
    cycle: () => [
      ...(account.cycle ? [periods.at(account.cycle, at).fromAt] : []),
      ...subscription.paidPeriods.flatMap(({ from, to }) => [from, to]),
    ],
    planChange: () => subscription.plans.flatMap(({ from, to }) => [from, to]),
    tariffChange: () => versionStarts({ account, subscription }, { from: at, to: at }, catalog),
  };
  const behind = wanted.flatMap((kind) => byKind[kind]()).filter((edge) => edge !== null && edge <= at);
  return (behind as Instant[]).reduce((latest, edge) => (edge > latest ? edge : latest), '');
}
