import {
  accountFields,
  type NewAccount,
  type NewSubscription,
  subscriptionFields,
} from '../accounts/account-fields';
import type { AccountRow } from '../accounts/account.schema';
import type { Finding } from '../domain/finding';
import type { LineRecord, NewSubscriberColumn } from './subscriber-columns';

export type NewSubscriberRecord = LineRecord<NewSubscriberColumn>;

const identifierKinds = ['msisdn', 'imsi', 'iccid'] as const;

/** +49 151..., 0049151... and 49151... are one number. */
export const msisdnOf = (text: string): string => text.replace(/[\s()-]/g, '').replace(/^(\+|00)/, '');

/** The identifiers that a line names, as they would be stored. */
export const identifiersOf = (record: NewSubscriberRecord) =>
  identifierKinds.flatMap((kind) => {
    const text = record[kind];
    return text === undefined ? [] : [{ kind, value: kind === 'msisdn' ? msisdnOf(text) : text }];
  });

const subscriptionOf = (record: NewSubscriberRecord) => ({
  externalId: record.subscriptionExternalId ?? null,
  offeringId: record.offeringId,
  activeFrom: record.activeFrom,
  poolId: record.pool ?? null,
  identifiers: identifiersOf(record),
});

export const addressOf = (record: NewSubscriberRecord) => ({
  lines: [record.addressLine1, record.addressLine2, record.addressLine3].filter(
    (line): line is string => line !== undefined,
  ),
  city: record.city,
  region: record.region ?? '',
  postalCode: record.postalCode ?? '',
  country: record.country,
});

export const wholeNumber = (text: string | undefined): unknown =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : text;

/** The account that a line describes, with its one subscription: the same checks as of an account sent as JSON. */
export function readNewAccount(
  record: NewSubscriberRecord,
): { account: NewAccount } | { findings: Finding[] } {
  const parsed = accountFields.safeParse({
    externalId: record.accountExternalId,
    customerName: record.customerName,
    email: record.email,
    language: record.language,
    address: addressOf(record),
    cycleId: record.cycleId ?? null,
    zone: record.zone,
    currency: record.currency,
    termsDays: wholeNumber(record.termsDays),
    subscriptions: [subscriptionOf(record)],
  });
  return parsed.success ? { account: parsed.data } : { findings: findingsOf(parsed.error.issues, record) };
}

export function readNewSubscription(
  record: NewSubscriberRecord,
): { subscription: NewSubscription } | { findings: Finding[] } {
  const parsed = subscriptionFields.safeParse(subscriptionOf(record));
  return parsed.success
    ? { subscription: parsed.data }
    : { findings: findingsOf(parsed.error.issues, record, ofSubscription) };
}

/** A line that adds to an account may repeat what is known of it, but not say otherwise: that would be lost. */
export function saidOtherwise(record: NewSubscriberRecord, account: AccountRow): Finding[] {
  const known: [NewSubscriberColumn, string | undefined, string][] = [
    ['customerName', record.customerName, account.customerName],
    ['email', record.email?.toLowerCase(), account.email],
    ['language', record.language, account.language],
    ['addressLine1', record.addressLine1, account.address.lines[0] ?? ''],
    ['addressLine2', record.addressLine2, account.address.lines[1] ?? ''],
    ['addressLine3', record.addressLine3, account.address.lines[2] ?? ''],
    ['city', record.city, account.address.city],
    ['region', record.region, account.address.region],
    ['postalCode', record.postalCode, account.address.postalCode],
    ['country', record.country, account.address.country],
    ['cycleId', record.cycleId, account.cycleId ?? ''],
    ['zone', record.zone, account.zone],
    ['currency', record.currency, account.currency],
    ['termsDays', record.termsDays, String(account.termsDays)],
  ];
  return known
    .filter(([, said, is]) => said !== undefined && said !== is)
    .map(([field, , is]) => ({
      field,
      reason: `account ${account.externalId} has "${is}": leave it blank here, change it by a file of changes`,
    }));
}

interface Issue {
  path: PropertyKey[];
  message: string;
}

const ofSubscription = ['subscriptions', '0'];

/** By the column in which it stands; what is not there at all is said in one way. */
const findingsOf = (
  issues: readonly Issue[],
  record: NewSubscriberRecord,
  prefix: string[] = [],
): Finding[] =>
  issues.map(({ path, message }) => {
    const field = columnAt([...prefix, ...path.map(String)], record);
    return { field, reason: record[field as NewSubscriberColumn] === undefined ? 'is missing' : message };
  });

const renamed: { [place: string]: string } = {
  externalId: 'accountExternalId',
  'subscriptions.0.externalId': 'subscriptionExternalId',
  'subscriptions.0.poolId': 'pool',
};

/** `subscriptions.0.identifiers.1.value` is the column of the line's second identifier. */
function columnAt(place: readonly string[], record: NewSubscriberRecord): string {
  const name = renamed[place.join('.')];
  if (name) return name;
  const [head = '', second = '', third = '', fourth = '0'] = place;
  if (head === 'subscriptions')
    return third === 'identifiers' ? (identifiersOf(record)[Number(fourth)]?.kind ?? 'msisdn') : third;
  if (head !== 'address') return head;
  return second === 'lines' ? `addressLine${Number(third || 0) + 1}` : second;
}

/** Findings of the account's checks (`subscriptions.0.offeringId`) by column. */
export const byColumn = (findings: readonly Finding[], record: NewSubscriberRecord): Finding[] =>
  findings.map(({ field, reason }) => ({ field: columnAt(field.split('.'), record), reason }));
