import { isRate } from '@tollkeeper/money';
import type { UsageDirection } from '@tollkeeper/contracts';
import { isMcc } from '../numbering/mobile-country';
import type { UsageColumn } from './usage-columns';
import type { RejectReason, UsageRecord } from './usage-record';

type Attributes = Omit<Partial<UsageRecord>, 'recordId' | 'quantity'>;

/** What a column's text says, or `null` when it says nothing that we know. */
type Reader = (text: string) => Attributes | null;

const word = /^[A-Za-z0-9][\w.:@/-]{0,127}$/;
const apnShape = /^[A-Za-z0-9][A-Za-z0-9.-]{0,99}$/;
/** The operator identifier that a gateway puts behind an APN (3GPP TS 23.003, 9.1.2). */
const operatorIdentifier = /\.mnc\d{2,3}\.mcc\d{3}\.gprs$/;
/** SST and SD of an S-NSSAI (3GPP TS 23.003, 28.4.2). */
const sliceShape = /^(?<sst>\d{1,3})(?:-[0-9a-f]{6})?$/;
const mostSst = 255;
const qosShape = /^\d{1,3}$/;
/** Unsigned32 (IETF RFC 8506, 8.29). */
const ratingGroupShape = /^\d{1,10}$/;
const mostRatingGroup = 2 ** 32 - 1;
const routingShape = /^\+?[0-9A-Fa-f]{2,20}$/;
const sequenceShape = /^\d{1,9}$/;
const mostAmount = /^\d{1,12}(?:\.\d+)?$/;

const directions: readonly string[] = ['outgoing', 'incoming', 'forwarded'] satisfies UsageDirection[];
const truth: Readonly<Record<string, boolean>> = { true: true, false: false, 1: true, 0: false };

const where = (isRight: boolean, attributes: Attributes): Attributes | null => (isRight ? attributes : null);

const isTruth = (text: string): boolean => Object.hasOwn(truth, text);

const apnOf = (text: string): string => text.toLowerCase().replace(operatorIdentifier, '');

const routingOf = (text: string): string => text.replace('+', '').toUpperCase();

const isSlice = (text: string): boolean => Number(sliceShape.exec(text)?.groups?.sst ?? Infinity) <= mostSst;

const readers: [column: UsageColumn, reason: RejectReason, read: Reader][] = [
  [
    'direction',
    'badDirection',
    (text) => where(directions.includes(text), { direction: text as UsageDirection }),
  ],
  ['apn', 'badApn', (text) => where(apnShape.test(text), { apn: apnOf(text) })],
  ['slice', 'badSlice', (text) => where(isSlice(text.toLowerCase()), { slice: text.toLowerCase() })],
  ['qos', 'badQos', (text) => where(qosShape.test(text), { qos: text })],
  [
    'ratingGroup',
    'badRatingGroup',
    (text) => where(ratingGroupShape.test(text) && Number(text) <= mostRatingGroup, { ratingGroup: text }),
  ],
  ['service', 'badService', (text) => where(word.test(text), { service: text })],
  ['amount', 'badAmount', (text) => where(isRate(text) && mostAmount.test(text), { amount: text })],
  ['onNet', 'badOnNet', (text) => where(isTruth(text), { onNet: truth[text] })],
  [
    'routingNumber',
    'badRoutingNumber',
    (text) => where(routingShape.test(text), { routingNumber: routingOf(text) }),
  ],
  [
    'recordSequence',
    'badSequence',
    (text) => where(sequenceShape.test(text), { recordSequence: Number(text) }),
  ],
  ['final', 'badSequence', (text) => where(isTruth(text), { final: truth[text] })],
  ['chargingId', 'badChargingId', (text) => where(word.test(text), { chargingId: text })],
  ['servingCountry', 'badServingCountry', (text) => where(isMcc(text), { servingMcc: text })],
  ['cell', 'badCell', (text) => where(word.test(text), { cell: text })],
];

/** What the optional columns say; what they leave out has no key. The first column that is wrong names the reason. */
export function readAttributes(
  field: (column: UsageColumn) => string,
): Attributes | { reason: RejectReason } {
  const attributes: Attributes = {};
  for (const [column, reason, read] of readers) {
    const text = field(column);
    if (text === '') continue;
    const found = read(text);
    if (!found) return { reason };
    Object.assign(attributes, found);
  }
  return attributes;
}
