import type { Instant } from '@tollkeeper/calendar';
import type { UsageRecord } from '../record/usage-record';
import { cutUsage, endOf } from './cut-usage';
import type { Crossing } from './session-rules';

/** One of a session's interim records: it is counted into its session, not rated by itself. */
export type PartialRecord = UsageRecord & { recordSequence: number };

/** The charging id names the session where nothing else does. */
const sessionIdOf = ({ sessionId, chargingId = '' }: UsageRecord): string => sessionId || chargingId;

export const isPartial = (record: UsageRecord): record is PartialRecord =>
  sessionIdOf(record) !== '' && record.recordSequence !== undefined;

/**
 * Records of one charging id (TS 32.298) and one rating group are one session. Charging ids are the network's and come
 * again in time: served identity and kind of usage stand in the key.
 */
export const sessionKeyOf = (record: UsageRecord): string =>
  [record.usageType, record.imsi || record.msisdn, sessionIdOf(record), record.ratingGroup ?? ''].join('|');

/** Each sequence once. Whoever comes first stays: a repeat under another record id is the same report. */
export function withoutRepeats(partials: readonly PartialRecord[]): PartialRecord[] {
  const bySequence = new Map<number, PartialRecord>();
  for (const partial of partials)
    if (!bySequence.has(partial.recordSequence)) bySequence.set(partial.recordSequence, partial);
  return [...bySequence.values()];
}

const inOrder = (partials: readonly PartialRecord[]): PartialRecord[] =>
  [...partials].sort(
    (left, right) =>
      (left.startAt < right.startAt ? -1 : left.startAt > right.startAt ? 1 : 0) ||
      left.recordSequence - right.recordSequence,
  );

export interface SessionExtent {
  startAt: Instant;
  /** End of the last use that is known. */
  lastAt: Instant;
  /** Whether the final record and all before it are here. */
  isComplete: boolean;
  hasFinal: boolean;
  /** Sequences that did not come, as far as they can be known: between the first and the last. */
  missing: number[];
}

const mostMissing = 100;

export function extentOf(partials: readonly PartialRecord[]): SessionExtent {
  const ordered = inOrder(partials);
  const sequences = new Set(partials.map(({ recordSequence }) => recordSequence));
  const [least, most] = [Math.min(...sequences, 1), Math.max(...sequences)];
  const missing: number[] = [];
  for (let each = least; each < most && missing.length < mostMissing; each += 1)
    if (!sequences.has(each)) missing.push(each);
  const hasFinal = partials.some(({ final }) => final === true);
  return {
    startAt: ordered[0]!.startAt,
    lastAt: partials.map(endOf).reduce((latest, at) => (at > latest ? at : latest)),
    isComplete: hasFinal && missing.length === 0,
    hasFinal,
    missing,
  };
}

/** What a price may depend on: partial records that differ in it are parts of their own. */
const attributesOf = (record: UsageRecord): string =>
  JSON.stringify([
    record.network,
    record.otherParty,
    record.msisdn,
    record.imsi,
    record.direction ?? '',
    record.apn ?? '',
    record.slice ?? '',
    record.qos ?? '',
    record.service ?? '',
    record.onNet ?? false,
    record.routingNumber ?? '',
    record.servingMcc ?? '',
  ]);

interface PartRules {
  crossing: Crossing;
  edges: readonly Instant[];
  /** What names the stretch between edges in which an instant lies. */
  stretchOf: (at: Instant) => string;
  /** Of a part's stretch and attributes. */
  idOf: (key: string) => string;
}

/**
 * A session as records to be rated: one, or one for each stretch between edges and with other attributes. The same
 * partial records give the same parts, in whatever order they came, and a part keeps its id when others join it.
 */
export function sessionParts(
  partials: readonly PartialRecord[],
  { crossing, edges, stretchOf, idOf }: PartRules,
): UsageRecord[] {
  const ordered = inOrder(partials);
  const [first] = ordered;
  if (!first) return [];
  const isSplit = crossing === 'split';
  const parts = new Map<string, UsageRecord>();
  for (const { recordSequence: _, final: __, ...partial } of ordered) {
    for (const piece of cutUsage(partial, isSplit ? edges : [])) {
      const startAt = isSplit ? piece.startAt : first.startAt;
      const key = `${stretchOf(startAt)}|${attributesOf(piece)}`;
      const part = parts.get(key);
      parts.set(key, part ? joined(part, piece) : { ...piece, startAt });
    }
  }
  let usedBefore = 0;
  return [...parts].map(([key, { usedBefore: _, ...part }]) => {
    const numbered: UsageRecord = {
      ...part,
      recordId: idOf(key),
      ...(usedBefore > 0 ? { usedBefore } : {}),
    };
    usedBefore += part.quantity;
    return numbered;
  });
}

const joined = (part: UsageRecord, { quantity, durationSeconds }: UsageRecord): UsageRecord => ({
  ...part,
  quantity: part.quantity + quantity,
  ...(part.durationSeconds === undefined && durationSeconds === undefined
    ? {}
    : { durationSeconds: (part.durationSeconds ?? 0) + (durationSeconds ?? 0) }),
});
