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

/** New versions of its plans or their decks that come into force meanwhile. */
function tariffChanges(
  { subscription }: Subscriber,
  { from, to }: Stretch,
  { catalog }: GuideKnowledge,
): Instant[] {
  const running = subscription.plans.filter((plan) => plan.from < to && (plan.to === null || plan.to > from));
  return running.flatMap(({ offeringId }) => {
    const offerings = catalog.offerings.get(offeringId) ?? [];
    const deckIds = new Set(offerings.map(({ deckId }) => deckId));
    const decks = [...deckIds].flatMap((deckId) => catalog.decks.get(deckId) ?? []);
    return [...offerings, ...decks].map(({ validFrom }) => validFrom);
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
    tariffChange: () => tariffChanges(subscriber, stretch, known),
  };
  const found = wanted.flatMap((kind) => byKind[kind]()).filter((at) => isInside(stretch, at));
  return [...new Set(found)].sort();
}
