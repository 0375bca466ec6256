import { createHash } from 'node:crypto';
import { addDuration, type Instant } from '@tollkeeper/calendar';
import { extentOf, type PartialRecord, sessionKeyOf, type SessionRules } from '@tollkeeper/tariff';
import { sessionRowId, type UsagePartialRow, type UsageSessionRow } from '../sessions/usage-session.schema';
import { usageKey } from '../usage/usage.schema';

const keyLength = 32;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, keyLength);

/** What names a session here: ids are in addresses, so identities of subscribers are not in them. */
export const sessionOf = (record: PartialRecord): string => `ses_${hashOf(sessionKeyOf(record))}`;

const partKeyLength = 12;

/** A session's part is named for its stretch and attributes, a call's part by its number: never as a network names records. */
export const sessionPartId = (session: string, key: string): string =>
  `${session}.${hashOf(key).slice(0, partKeyLength)}`;
export const partPrefix = (recordId: string): string => `par_${hashOf(recordId)}.`;
export const callPartId = (recordId: string, part: number): string =>
  `${partPrefix(recordId)}${String(part).padStart(3, '0')}`;
export const isReservedId = (recordId: string): boolean =>
  /^(ses|par)_[0-9a-f]{32}\.[0-9a-f]+$/.test(recordId);

export const sequenceKey = (session: string, sequence: number): string => `${session}#${sequence}`;

export const partialRow = (tenantId: string, importId: string, record: PartialRecord): UsagePartialRow => ({
  _id: usageKey(tenantId, record.recordId),
  recordId: record.recordId,
  session: sessionOf(record),
  sequence: record.recordSequence,
  importId,
  record,
});

interface SessionOwner {
  accountId: string;
  subscriptionId: string;
}

const later = (left: Instant, right: Instant): Instant => (left > right ? left : right);

/** The session with all its partial records: a new one, or one that is open again. */
export function sessionRow(
  tenantId: string,
  before: UsageSessionRow | undefined,
  partials: readonly PartialRecord[],
  {
    importId,
    at,
    rules,
    owner,
  }: { importId: string; at: Instant; rules: SessionRules; owner: SessionOwner | null },
): UsageSessionRow {
  const [first] = partials;
  if (!first) throw new Error('a session has a partial record');
  const { startAt, lastAt, missing, hasFinal } = extentOf(partials);
  const session = sessionOf(first);
  return {
    _id: sessionRowId(tenantId, session),
    session,
    state: hasFinal ? 'closed' : 'open',
    closedBy: hasFinal ? 'final' : null,
    closedAt: hasFinal ? at : null,
    importId: before?.importId ?? importId,
    usageType: first.usageType,
    sessionId: first.sessionId || (first.chargingId ?? ''),
    msisdn: first.msisdn,
    imsi: first.imsi,
    accountId: owner?.accountId ?? null,
    subscriptionId: owner?.subscriptionId ?? null,
    startAt,
    lastAt,
    silentAt: addDuration(later(lastAt, at), { hours: rules.silenceHours }),
    partials: partials.length,
    quantity: partials.reduce((sum, { quantity }) => sum + quantity, 0),
    missing,
    posted: before?.posted ?? 0,
    parts: before?.parts ?? 0,
  };
}
