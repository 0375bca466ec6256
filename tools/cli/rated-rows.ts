import { type ExplainedPart, type RatedRecord, sentenceOf, type UnratedLine } from '@tollkeeper/tariff';
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
    usage.explanation.used.map(({ bucket, units }) => `${bucket}:${units}`).join('; '),
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

export const unratedColumns = ['line', 'recordId', 'status', 'reason', 'startAt', 'seenOnLine'];

export const unratedRow = ({
  line,
  recordId,
  status,
  reason,
  startAt,
  seenOn,
}: UnratedLine): (string | number)[] => [line, recordId, status, reason, startAt, seenOn ?? ''];
