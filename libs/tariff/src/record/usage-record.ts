import type { Instant } from '@tollkeeper/calendar';
import type { UsageDirection, UsageType } from '@tollkeeper/contracts';

/** One event as the network reported it, read and checked; nothing of who pays or what it costs. */
export interface UsageRecord {
  recordId: string;
  usageType: UsageType;
  /** E.164 digits; '' when the line names only the IMSI. */
  msisdn: string;
  imsi: string;
  /** E.164 digits or a short code; '' for data, and where an incoming call hides its number. */
  otherParty: string;
  startAt: Instant;
  /** Seconds of voice and video, messages, bytes of data, millionths of a unit of an event. */
  quantity: number;
  /** MCC and MNC of the serving network. */
  network: string;
  sessionId: string;
  /** Left out: outgoing. */
  direction?: UsageDirection;
  /** APN (4G) or DNN (5G). */
  apn?: string;
  /** S-NSSAI as `sst` or `sst-sd`. */
  slice?: string;
  /** QCI or 5QI. */
  qos?: string;
  ratingGroup?: string;
  /** What was bought or used, for usage of type event. */
  service?: string;
  /** Money that the record carries, a decimal string: for percentages and prices that others set. */
  amount?: string;
  /** Known by the called number's routing number or by who had it then; left out: not known to be ours. */
  onNet?: boolean;
  /** Partial (interim) records of one session are numbered by it. Left out: the record is a whole call or session. */
  recordSequence?: number;
  /** The session's last partial record. */
  final?: boolean;
  /** How long it took, of usage that is not counted in seconds. Left out: not known. */
  durationSeconds?: number;
  /** Of one call's later parts: units of the parts before. They count for increments and steps; the connect fee was due with the first. */
  usedBefore?: number;
  /** Of one call's later parts: units of the increments that the parts before started. Left out: `usedBefore`, by this part's increments. */
  billedBefore?: number;
  /** Where the called number was routed to under number portability (NRN, LRN). */
  routingNumber?: string;
  /** The other party is a code of the serving network (its service or emergency line), no E.164 number. */
  shortCode?: boolean;
  /** Digits as they were dialled, where `otherParty` was made of a number in the serving country's own form. */
  dialled?: string;
  /** 3GPP chargingId; it names the session where `sessionId` is empty. */
  chargingId?: string;
  /** MCC of the country where the cell or the Wi-Fi stands. Left out: the serving network's. */
  servingMcc?: string;
  /** ECGI, NCGI or CGI of the cell, as the network writes it. */
  cell?: string;
  /** The network took it back: it counts nothing, wherever records are counted. */
  withdrawn?: boolean;
}

/** The line itself is wrong: it can never be rated. */
export const rejectReasons = [
  'malformedLine',
  'badRecordId',
  'badServingNetwork',
  'badSessionId',
  'badDuration',
  'badUplinkBytes',
  'badDownlinkBytes',
  'unknownUsageType',
  'badInstant',
  'futureStart',
  'negativeQuantity',
  'badQuantity',
  'unreadableNumber',
  'badDirection',
  'badApn',
  'badSlice',
  'badQos',
  'badRatingGroup',
  'badService',
  'badAmount',
  'badOnNet',
  'badRoutingNumber',
  'badSequence',
  'badChargingId',
  'badServingCountry',
  'badCell',
] as const;
export type RejectReason = (typeof rejectReasons)[number];

/** The line is right, something that we know is missing: it waits for repair and is recycled. */
export const suspenseReasons = [
  'unknownSubscriber',
  'offeringUnknown',
  'noCycle',
  'noDeck',
  'noRate',
  'noAmount',
  'notPaidFor',
  'amountTooLarge',
  'noSum',
] as const;
export type SuspenseReason = (typeof suspenseReasons)[number];

/** Event time, then record id: the order in which allowances are used, whatever the order of arrival. */
export const orderKey = ({ startAt, recordId }: Pick<UsageRecord, 'startAt' | 'recordId'>): string =>
  `${startAt} ${recordId}`;
