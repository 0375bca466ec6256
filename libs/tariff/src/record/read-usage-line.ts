import { instant, isInstant, type Instant } from '@tollkeeper/calendar';
import type { UsageType } from '@tollkeeper/contracts';
import type { RejectReason, UsageRecord } from './usage-record';

export const usageColumns = [
  'recordId',
  'usageType',
  'servedMsisdn',
  'servedImsi',
  'otherParty',
  'startAt',
  'durationSeconds',
  'uplinkBytes',
  'downlinkBytes',
  'servingNetwork',
  'sessionId',
] as const;
export type UsageColumn = (typeof usageColumns)[number];

/** Where each column stands in this file's lines. */
export type ColumnOrder = Record<UsageColumn, number>;

export type UsageReading = { record: UsageRecord } | { reason: RejectReason };

/** Columns may come in any order, but all of them and no other: a silent gap would bill nothing. */
export function readHeader(names: readonly string[]): ColumnOrder | { problem: string } {
  const missing = usageColumns.filter((column) => !names.includes(column));
  const unknown = names.filter((name) => !(usageColumns as readonly string[]).includes(name));
  const twice = names.filter((name, place) => names.indexOf(name) !== place);
  if (missing.length > 0) return { problem: `columns missing: ${missing.join(', ')}` };
  if (unknown.length > 0)
    return { problem: `columns unknown: ${unknown.slice(0, 5).join(', ').slice(0, 200)}` };
  if (twice.length > 0) return { problem: `columns twice: ${twice.join(', ')}` };
  return Object.fromEntries(usageColumns.map((column) => [column, names.indexOf(column)])) as ColumnOrder;
}

const idShape = /^[\x21-\x7e]{1,128}$/;
const integerShape = /^-?\d{1,15}$/;
const networkShape = /^\d{5,6}$/;
const subscriberShape = /^\d{5,15}$/;
const dialledShape = /^\d{1,20}$/;

const isUsageType = (text: string): text is UsageType =>
  text === 'voice' || text === 'sms' || text === 'data';

/** +49..., 0049... and 49... are one number. */
export const digitsOf = (number: string): string => number.replace(/^(\+|00)/, '');

/** `latestStart`: a start after it is a clock gone wrong, never usage. */
export function readUsage(fields: readonly string[], order: ColumnOrder, latestStart: Instant): UsageReading {
  if (fields.length !== usageColumns.length) return { reason: 'malformedLine' };
  const field = (column: UsageColumn): string => fields[order[column]] ?? '';
  const recordId = field('recordId');
  const network = field('servingNetwork');
  const sessionId = field('sessionId');
  if (!idShape.test(recordId) || !networkShape.test(network)) return { reason: 'malformedLine' };
  if (sessionId !== '' && !idShape.test(sessionId)) return { reason: 'malformedLine' };

  const usageType = field('usageType');
  if (!isUsageType(usageType)) return { reason: 'unknownUsageType' };

  const start = field('startAt');
  if (!isInstant(start)) return { reason: 'badInstant' };
  const startAt = instant(start);
  if (startAt > latestStart) return { reason: 'futureStart' };

  const quantity = quantityOf(usageType, field);
  if (typeof quantity !== 'number') return { reason: quantity.reason };

  const msisdn = digitsOf(field('servedMsisdn'));
  const imsi = field('servedImsi');
  const otherParty = usageType === 'data' ? '' : digitsOf(field('otherParty'));
  const readable =
    (msisdn !== '' || imsi !== '') &&
    [msisdn, imsi].every((value) => value === '' || subscriberShape.test(value)) &&
    (usageType === 'data' || dialledShape.test(otherParty));
  if (!readable) return { reason: 'unreadableNumber' };
  return { record: { recordId, usageType, msisdn, imsi, otherParty, startAt, quantity, network, sessionId } };
}

function quantityOf(
  usageType: UsageType,
  field: (column: UsageColumn) => string,
): number | { reason: RejectReason } {
  if (usageType === 'sms') return 1;
  const texts =
    usageType === 'voice' ? [field('durationSeconds')] : [field('uplinkBytes'), field('downlinkBytes')];
  if (!texts.every((text) => integerShape.test(text))) return { reason: 'malformedLine' };
  const amounts = texts.map(Number);
  return amounts.some((amount) => amount < 0)
    ? { reason: 'negativeQuantity' }
    : amounts.reduce((total, amount) => total + amount, 0);
}

const rawLength = 200;

/** What an error list may show: long digit runs (numbers, identities) keep three digits in front and two behind. */
export const maskLine = (line: string): string =>
  line.slice(0, rawLength).replace(/\d{7,}/g, (digits) => `${digits.slice(0, 3)}***${digits.slice(-2)}`);
