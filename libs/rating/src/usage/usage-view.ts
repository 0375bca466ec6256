import type { LaterRating, UsageRow } from './usage.schema';

/** What the record's optional columns said, and what was found out about the called number. */
const attributesOf = (row: UsageRow): Partial<UsageRow> =>
  Object.fromEntries(shownAttributes.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])));

const shownAttributes = [
  'direction',
  'apn',
  'slice',
  'qos',
  'ratingGroup',
  'service',
  'amount',
  'onNet',
  'routingNumber',
  'shortCode',
  'dialled',
  'recordSequence',
  'final',
  'durationSeconds',
  'chargingId',
  'servingMcc',
  'cell',
  'withdrawn',
] as const satisfies (keyof UsageRow)[];

/** A record as the API shows it. */
export const usageView = (row: UsageRow) => ({
  recordId: row.recordId,
  importId: row.importId,
  usageType: row.usageType,
  servedMsisdn: row.msisdn,
  otherParty: row.otherParty,
  startAt: row.startAt,
  quantity: row.quantity,
  servingNetwork: row.network,
  sessionId: row.sessionId,
  ...attributesOf(row),
  status: row.status,
  reason: row.reason,
  accountId: row.accountId,
  subscriptionId: row.subscriptionId,
  offeringId: row.offeringId,
  billingPeriodId: row.billingPeriodId,
  unbilled: row.unbilled,
  zone: row.zone,
  description: row.description,
  billedQuantity: row.billedQuantity,
  includedQuantity: row.includedQuantity,
  amountMicro: row.amountMicro,
  explanation: row.explanation,
  ...(row.session ? { session: row.session } : {}),
  ...(row.partOf ? { partOf: row.partOf } : {}),
  ratingVersion: row.ratingVersion ?? 1,
  /** What holds now, where a later bill corrected this one. */
  ...(row.rerated ? { rerated: laterView(row.rerated) } : {}),
});

const laterView = ({ record: _, ...rating }: LaterRating) => rating;
