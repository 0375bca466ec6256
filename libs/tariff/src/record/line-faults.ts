import type { ColumnOrder } from './usage-columns';
import type { RejectReason } from './usage-record';

const idWords = 'must be 1 to 128 letters, digits and signs, without spaces';
const wholeWords = 'must be a whole number of at most 15 digits, 0 where nothing was used';

/** The column that a reason is about, and what should stand there. */
const columnFaults: Record<Exclude<RejectReason, 'malformedLine'>, string> = {
  badRecordId: `recordId: ${idWords}`,
  badServingNetwork: 'servingNetwork: must be MCC and MNC: 5 or 6 digits',
  badSessionId: `sessionId: ${idWords}`,
  badDuration: `durationSeconds: ${wholeWords}`,
  badUplinkBytes: `uplinkBytes: ${wholeWords}`,
  badDownlinkBytes: `downlinkBytes: ${wholeWords}`,
  unknownUsageType: 'usageType: must be one of voice, video, sms, mms, data, event',
  badInstant: 'startAt: must be an instant with its zone, such as 2026-01-31T12:00:00Z, from 1970 on',
  futureStart: 'startAt: lies in the future: the clock of the source is wrong',
  negativeQuantity:
    'what was used is negative: what a network measured only counts up. Rate a corrected price again, credit the account, or take back units of an event',
  badQuantity:
    'what was used: must be a whole number of base units, at most 1000000000 seconds; or quantity with unit (such as 1.5 and GB), and then no other column',
  unreadableNumber:
    'servedMsisdn, servedImsi, otherParty: one of the first two is needed, 5 to 15 digits; otherParty must be a number',
  badDirection: 'direction: must be one of outgoing, incoming, forwarded',
  badApn: 'apn: must be letters, digits, . and -',
  badSlice: 'slice: must be an SST (0 to 255) or SST and SD, such as 1 or 1-0000ab',
  badQos: 'qos: must be a QCI or 5QI: at most 3 digits',
  badRatingGroup: 'ratingGroup: must be a whole number up to 4294967295',
  badService: 'service: must be a name: letters, digits, _ . : @ / -',
  badAmount: 'amount: must be a plain decimal such as 0.99, not negative',
  badOnNet: 'onNet: must be true or false',
  badRoutingNumber: 'routingNumber: must be 2 to 20 digits (0-9, A-F)',
  badSequence: 'recordSequence, final: must be a whole number, and true or false',
  badChargingId: 'chargingId: must be an id: letters, digits, _ . : @ / -',
  badServingCountry: 'servingCountry: must be an MCC: 3 digits',
  badCell: 'cell: must be an id: letters, digits, _ . : @ / -',
};

const malformed = (fields: readonly string[], { width }: ColumnOrder): string =>
  fields.length === width ? 'cannot be read' : `has ${fields.length} fields, the header ${width}`;

/** What is wrong with a line that was rejected, in words: which column, and what should stand there. */
export const lineFault = (reason: RejectReason, fields: readonly string[], order: ColumnOrder): string =>
  reason === 'malformedLine' ? malformed(fields, order) : columnFaults[reason];
