import {
  type ExplainedPart,
  type RatedRecord,
  sentenceOf,
  type SuspenseReason,
  type UnratedLine,
} from '@tollkeeper/tariff';
import { decimalAmount } from './decimal-amount';

export const ratedColumns = [
  'recordId',
  'accountId',
  'subscriptionId',
  'offeringId',
  'offeringVersion',
  'usageType',
  'startAt',
  'periodFrom',
  'zone',
  'band',
  'quantity',
  'billedQuantity',
  'allowanceUsed',
  'amount',
  'currency',
  'rateId',
];

/** Which price: `smart@1/onnet` of the plan's own, or `retail@2/voice/home/49` of the deck (and its band). */
function rateIdOf({ guided, rated }: RatedRecord, part: ExplainedPart): string {
  const { offering, record } = guided;
  if (part.price !== undefined) return `${offering.offeringId}@${offering.version}/${part.price}`;
  const band = part.band === undefined ? '' : `/${part.band}`;
  return `${part.deck}/${record.usageType}/${rated.explanation.servingZone}/${part.prefix}${band}`;
}

const inParts = (record: RatedRecord, textOf: (part: ExplainedPart) => string): string => {
  const { explanation } = record.rated;
  return [...new Set((explanation.spans ?? [explanation]).map(textOf))]
    .filter((text) => text !== '')
    .join(' + ');
};

export function ratedRow(rated: RatedRecord): (string | number)[] {
  const { guided, rated: usage } = rated;
  const { record, offering } = guided;
  return [
    record.recordId,
    guided.accountId,
    guided.subscriptionId,
    offering.offeringId,
    offering.version,
    record.usageType,
    record.startAt,
    guided.period.key,
    usage.zone,
    inParts(rated, ({ band = '' }) => band),
    record.quantity,
    usage.billedQuantity,
    usage.explanation.used
      .map(
        ({ bucket, units, usageType }) =>
          `${bucket}:${usageType === 'money' ? decimalAmount(units, offering.currency) : units}`,
      )
      .join('; '),
    decimalAmount(usage.amountMicro, offering.currency),
    offering.currency,
    inParts(rated, (part) => rateIdOf(rated, part)),
  ];
}

/** How the amount came about. */
export const sentenceOfRecord = ({ guided, rated }: RatedRecord): string =>
  sentenceOf({
    usageType: guided.record.usageType,
    currency: guided.offering.currency,
    quantity: guided.record.quantity,
    ...rated,
  });

export const unratedColumns = ['line', 'recordId', 'status', 'reason', 'startAt', 'seenOnLine', 'detail'];

const wordsOf: Record<SuspenseReason, string> = {
  unknownSubscriber: 'nobody in the catalog has this number or SIM at that time: name it under subscribers',
  offeringUnknown:
    'no plan is in force at that time: it begins later (validFrom), or the subscription has none then',
  noCycle: 'the account has no billing cycle',
  noDeck: 'no version of the deck is in force at that time',
  noRate:
    'no row of the deck and no price of the plan is for it: add one for the number, the zone of the serving network or the time',
  noAmount: 'the price is a share of money, and the record carries none: fill the column amount',
  notPaidFor: 'the plan is paid in advance, and no paid period covers that time',
  noSum:
    'a quantity below zero takes back from a sum, and this price rounds each record by itself: give it roundAt line or day, without a session, a percentage or steps',
  amountTooLarge: 'the amount leaves the exact integers: check quantity and price',
};

const detailOf = ({ status, reason, seenOn, detail }: UnratedLine): string => {
  if (status === 'duplicate')
    return `recordId: is there already on line ${seenOn ?? ''}; each record has an id of its own`;
  return detail ?? wordsOf[reason as SuspenseReason];
};

export const unratedRow = (unrated: UnratedLine): (string | number)[] => {
  const { line, recordId, status, reason, startAt, seenOn } = unrated;
  return [line, recordId, status, reason, startAt, seenOn ?? '', detailOf(unrated)];
};
