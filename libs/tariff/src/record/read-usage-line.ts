import { instant, isInstant, type Instant } from '@tollkeeper/calendar';
import type { UsageType } from '@tollkeeper/contracts';
import { isNumberType, readNumber, type ReadNumber } from '../numbering/read-number';
import { readAttributes } from './read-attributes';
import { fieldOf, type ColumnOrder, type UsageColumn } from './usage-columns';
import { quantityIn, quantityOfTexts } from './usage-quantity';
import type { RejectReason, UsageRecord } from './usage-record';

export type UsageReading = { record: UsageRecord } | { reason: RejectReason };

type Field = (column: UsageColumn) => string;

const idShape = /^[\x21-\x7e]{1,128}$/;
const networkShape = /^\d{5,6}$/;
const subscriberShape = /^\d{5,15}$/;
const wholeSeconds = /^\d{1,15}$/;
/** No network counted before: a clock that was never set. */
const earliestStart: Instant = '1970-01-01T00:00:00.000Z';
/** About 30 years: what claims to last longer is a counter gone wrong, and could end behind the last date there is. */
const mostSeconds = 1_000_000_000;

const isUsageType = (text: string): text is UsageType =>
  text === 'voice' ||
  text === 'sms' ||
  text === 'data' ||
  text === 'video' ||
  text === 'mms' ||
  text === 'event';

const inSeconds = (usageType: UsageType): boolean => usageType === 'voice' || usageType === 'video';

/** +49..., 0049... and 49... are one number. */
export const digitsOf = (number: string): string => number.replace(/^(\+|00)/, '');

const separators = /[ \u00a0().-]/g;

const servedOf = (text: string): string =>
  digitsOf(separators.test(text) ? text.replace(separators, '') : text);

/** `latestStart`: a start after it is a clock gone wrong, never usage. */
export function readUsage(fields: readonly string[], order: ColumnOrder, latestStart: Instant): UsageReading {
  if (fields.length !== order.width) return { reason: 'malformedLine' };
  const field: Field = (column) => fieldOf(fields, order, column);
  const recordId = field('recordId');
  const network = field('servingNetwork');
  const sessionId = field('sessionId');
  if (!idShape.test(recordId)) return { reason: 'badRecordId' };
  if (!networkShape.test(network)) return { reason: 'badServingNetwork' };
  if (sessionId !== '' && !idShape.test(sessionId)) return { reason: 'badSessionId' };

  const usageType = field('usageType');
  if (!isUsageType(usageType)) return { reason: 'unknownUsageType' };

  const start = field('startAt');
  if (!isInstant(start)) return { reason: 'badInstant' };
  const startAt = instant(start);
  if (startAt < earliestStart) return { reason: 'badInstant' };
  if (startAt > latestStart) return { reason: 'futureStart' };

  const quantity = quantityOf(usageType, field, order.hasMore);
  if (typeof quantity !== 'number') return quantity;
  const seconds = inSeconds(usageType) ? quantity : secondsOf(field('durationSeconds'));
  if (seconds > mostSeconds) return { reason: 'badQuantity' };

  const msisdn = servedOf(field('servedMsisdn'));
  const imsi = field('servedImsi');
  const isNamed =
    (msisdn !== '' || imsi !== '') &&
    [msisdn, imsi].every((value) => value === '' || subscriberShape.test(value));
  if (!isNamed) return { reason: 'unreadableNumber' };

  const attributes = order.hasMore ? readAttributes(field) : {};
  if ('reason' in attributes) return attributes;
  const otherParty = otherPartyOf(usageType, field, attributes);
  if (!otherParty) return { reason: 'unreadableNumber' };

  const record: UsageRecord = {
    recordId,
    usageType,
    msisdn,
    imsi,
    otherParty: otherParty.digits,
    startAt,
    quantity,
    network,
    sessionId: sessionId === '' ? (attributes.chargingId ?? '') : sessionId,
    ...attributes,
  };
  if (otherParty.isShortCode) record.shortCode = true;
  if (otherParty.dialled !== null) record.dialled = otherParty.dialled;
  if (!inSeconds(usageType) && seconds >= 0) record.durationSeconds = seconds;
  return { record };
}

/** How long a session took; -1 where the record doesn't say. */
const secondsOf = (text: string): number => (wholeSeconds.test(text) ? Number(text) : -1);

const inDuration = [['durationSeconds', 'badDuration']] as const;
const inBytes = [
  ['uplinkBytes', 'badUplinkBytes'],
  ['downlinkBytes', 'badDownlinkBytes'],
] as const;

/** In the columns that every file has, or as a decimal with its unit; never both. */
function quantityOf(usageType: UsageType, field: Field, hasMore: boolean): number | { reason: RejectReason } {
  const columns = inSeconds(usageType) ? inDuration : usageType === 'data' ? inBytes : [];
  const written = hasMore ? field('quantity') : '';
  const unit = hasMore ? field('unit') : '';
  if (written === '') {
    if (unit !== '') return { reason: 'badQuantity' };
    return columns.length > 0 ? quantityOfTexts(columns, field) : quantityIn(usageType, '1', '');
  }
  if (columns.some(([column]) => field(column) !== '')) return { reason: 'badQuantity' };
  return quantityIn(usageType, written, unit);
}

const nobody: ReadNumber = { digits: '', isShortCode: false, dialled: null };

/** Data has no other party; an event may have none, and an incoming call may hide it. */
function otherPartyOf(
  usageType: UsageType,
  field: Field,
  { direction, servingMcc }: Pick<UsageRecord, 'direction' | 'servingMcc'>,
): ReadNumber | null {
  if (usageType === 'data') return nobody;
  const text = field('otherParty');
  if (text === '' && (usageType === 'event' || direction === 'incoming')) return nobody;
  const type = field('otherPartyType');
  return isNumberType(type) ? readNumber(text, servingMcc ?? field('servingNetwork'), type) : null;
}
