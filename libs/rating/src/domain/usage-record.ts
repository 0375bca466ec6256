import type { Instant } from '@tollkeeper/calendar';
import type { UsageType } from '@tollkeeper/contracts';

/** One event as the network reported it, read and checked; nothing of who pays or what it costs. */
export interface UsageRecord {
  recordId: string;
  usageType: UsageType;
  /** E.164 digits; '' when the line names only the IMSI. */
  msisdn: string;
  imsi: string;
  /** E.164 digits or a short code; '' for data. */
  otherParty: string;
  startAt: Instant;
  /** Seconds, messages or bytes. */
  quantity: number;
  /** MCC and MNC of the serving network. */
  network: string;
  sessionId: string;
}

/** The line itself is wrong: it can never be rated. */
export const rejectReasons = [
  'malformedLine',
  'unknownUsageType',
  'badInstant',
  'futureStart',
  'negativeQuantity',
  'unreadableNumber',
] as const;
export type RejectReason = (typeof rejectReasons)[number];

/** The line is right, something that we know is missing: it waits for repair and is recycled. */
export const suspenseReasons = [
  'unknownSubscriber',
  'offeringUnknown',
  'noCycle',
  'noDeck',
  'noRate',
  'notPaidFor',
  'amountTooLarge',
] as const;
export type SuspenseReason = (typeof suspenseReasons)[number];

/** Event time, then record id: the order in which allowances are used, whatever the order of arrival. */
export const orderKey = ({ startAt, recordId }: Pick<UsageRecord, 'startAt' | 'recordId'>): string =>
  `${startAt} ${recordId}`;
