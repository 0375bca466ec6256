import { instantAtMillis, millisOf } from '@tollkeeper/calendar';
import { versionAt } from '../catalog/compile-catalog';
import type { CompiledDeck } from '../deck/compile-deck';
import type { GuidedUsage } from '../guiding/guide-usage';

/** A stretch of a call under one deck version and one time band, up to a position in units since the call's start. */
export interface Stretch {
  deck: CompiledDeck;
  band: string;
  until: number;
}

const secondMs = 1_000;
/** A call that crosses more edges than this is a clock gone wrong: its rest belongs to the last stretch. */
const mostStretches = 1_000;

/**
 * Where a call's price may change: edges of time bands and new versions of the deck, where the deck's calendar says that
 * calls are split. Only calls have a length in time; a second that began before an edge belongs to what was before.
 */
export function cutCall(guided: GuidedUsage, ahead: number): Stretch[] {
  const { record, deck, zone } = guided;
  const end = ahead + record.quantity;
  if (deck.calendar === null) return [{ deck, band: '', until: end }];
  const startMs = millisOf(record.startAt);
  const isCall = record.usageType === 'voice' || record.usageType === 'video';
  if (!isCall || deck.calendar.crossing === 'byStart')
    return [{ deck, band: deck.calendar.at(startMs, zone).band, until: end }];

  const endMs = startMs + record.quantity * secondMs;
  const stretches: Stretch[] = [];
  let cursor = startMs;
  do {
    const current = stretches.length === 0 ? deck : deckAt(guided, cursor);
    const { band, toMs } = current.calendar?.at(cursor, zone) ?? { band: '', toMs: Infinity };
    const untilMs = Math.min(toMs, nextDeckMs(guided, cursor), endMs);
    const until = Math.min(end, ahead + Math.ceil((untilMs - startMs) / secondMs));
    const last = stretches.at(-1);
    if (last?.deck === current && last.band === band) last.until = until;
    else stretches.push({ deck: current, band, until });
    cursor = untilMs;
  } while (cursor < endMs && stretches.length < mostStretches);
  stretches.at(-1)!.until = end;
  return stretches;
}

const deckAt = ({ deck, deckVersions }: GuidedUsage, ms: number): CompiledDeck =>
  versionAt(deckVersions, instantAtMillis(ms)) ?? deck;

function nextDeckMs({ deckVersions = [] }: GuidedUsage, ms: number): number {
  let next = Infinity;
  for (const { validFrom } of deckVersions) {
    const from = millisOf(validFrom);
    if (from > ms && from < next) next = from;
  }
  return next;
}
