import type { UsageRecord } from '../record/usage-record';
import type { GuideKnowledge } from '../guiding/guide-usage';
import { type PartialRecord, extentOf, sessionParts } from './aggregate-session';
import { cutUsage, endOf } from './cut-usage';
import type { SessionRules } from './session-rules';
import { edgesWithin, stretchAt } from './usage-edges';

/** A whole call or session: itself, or its parts. The first part keeps the record's id; `idOf` names the others from 2 on. */
export function partsOfUsage(
  record: UsageRecord,
  known: GuideKnowledge,
  rules: SessionRules,
  idOf: (recordId: string, part: number) => string,
): UsageRecord[] {
  if (rules.calls === 'byStart') return [record];
  const to = endOf(record);
  const subscriber = to > record.startAt ? known.directory.subscriberAt(record) : null;
  if (!subscriber) return [record];
  const edges = edgesWithin(subscriber, { from: record.startAt, to }, rules.edges, known);
  return cutUsage(record, edges).map((part, index) =>
    index === 0 ? part : { ...part, recordId: idOf(record.recordId, index + 1) },
  );
}

/** A session's partial records as what is rated. Who used it is looked up once, as of the session's start. */
export function partsOfSession(
  partials: readonly PartialRecord[],
  known: GuideKnowledge,
  rules: SessionRules,
  idOf: (key: string) => string,
): UsageRecord[] {
  const { startAt, lastAt } = extentOf(partials);
  const [first] = partials;
  const subscriber = first && known.directory.subscriberAt({ ...first, startAt });
  const isSplit = subscriber && rules.sessions === 'split';
  return sessionParts(partials, {
    crossing: rules.sessions,
    edges: isSplit ? edgesWithin(subscriber, { from: startAt, to: lastAt }, rules.edges, known) : [],
    stretchOf: (at) => (subscriber ? stretchAt(subscriber, at, rules.edges, known) : ''),
    idOf,
  });
}
