import { instant, type Instant, isInstant } from '@tollkeeper/calendar';
import { type AccountChange, accountChangeFields } from '../accounts/account-fields';
import type { Finding } from '../domain/finding';
import { addressOf, wholeNumber } from './read-new-subscriber';
import type { ChangeColumn, LineRecord } from './subscriber-columns';

export type ChangeRecord = LineRecord<ChangeColumn>;

export interface WantedChange {
  account: AccountChange;
  /** `from` left out is now. */
  plan: { offeringId: string; from: Instant | null } | null;
}

const addressColumns: readonly ChangeColumn[] = [
  'addressLine1',
  'addressLine2',
  'addressLine3',
  'city',
  'region',
  'postalCode',
  'country',
];

/** A blank column leaves things as they are; the address changes as a whole. */
export function readChange(record: ChangeRecord): { wanted: WantedChange } | { findings: Finding[] } {
  const said: Record<string, unknown> = {
    email: record.email,
    language: record.language,
    cycleId: record.cycleId,
    termsDays: wholeNumber(record.termsDays),
    address: addressColumns.some((column) => record[column]) ? addressOf(record) : undefined,
  };
  const parsed = accountChangeFields.safeParse(
    Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  );
  const findings = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => findingAt(path.map(String), message, record)),
    ...planFindings(record),
  ];
  if (!parsed.success || findings.length > 0) return { findings };
  const { offeringId, from } = record;
  const plan = offeringId ? { offeringId, from: from ? instant(from) : null } : null;
  if (!plan && Object.keys(parsed.data).length === 0)
    return { findings: [{ field: 'line', reason: 'changes nothing: name at least one value' }] };
  return { wanted: { account: parsed.data, plan } };
}

function planFindings({ offeringId, from, subscriptionId, subscriptionExternalId }: ChangeRecord): Finding[] {
  if (from !== undefined && !isInstant(from))
    return [{ field: 'from', reason: 'must be a UTC instant such as 2026-01-31T12:00:00.000Z' }];
  if (offeringId !== undefined) return [];
  if (from !== undefined)
    return [{ field: 'offeringId', reason: 'is missing: `from` says when a plan begins' }];
  const named = subscriptionId ?? subscriptionExternalId;
  return named === undefined
    ? []
    : [{ field: 'offeringId', reason: 'is missing: a subscription is named to change its plan' }];
}

function findingAt(
  [head = '', second = '', third = '0']: string[],
  message: string,
  record: ChangeRecord,
): Finding {
  const field = head !== 'address' ? head : second === 'lines' ? `addressLine${Number(third) + 1}` : second;
  const isBlank = record[field as ChangeColumn] === undefined;
  return { field, reason: isBlank ? 'is missing: the address changes as a whole' : message };
}
