import type { Instant, Period } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { RatingCorrection, RatingFigures } from '@tollkeeper/tariff';

/**
 * What asked for it: a request to rate again, a partial record that came after its session was posted, or a record that
 * came before others which an on-demand bill has; or the network took it back.
 */
export interface CorrectionCause {
  kind: 'rerating' | 'session' | 'order' | 'withdrawal';
  id: string;
}

/**
 * A record's later rating: reversal and new debit in one row, keyed by record and rating version, so that it is posted
 * once. Rows of a record are its history; those of `laterPeriod` are on that period's bill.
 */
export interface UsageCorrectionRow extends RatingCorrection {
  _id: string;
  at: Instant;
  cause: CorrectionCause;
  reason: string;
  /** In an open period the record itself is changed; of a closed one the difference is billed later. */
  posted: 'inPlace' | 'laterPeriod';
  accountId: string;
  subscriptionId: string;
  offeringId: string;
  usageType: string;
  description: string;
  /** Days in which the record was billed first; half-open. */
  servicePeriod: Period;
  billedQuantity: number;
  includedQuantity: number;
  /** Where the difference is charged. */
  chargingPeriodId: string;
  billingPeriodId: string | null;
}

export const correctionKey = (tenantId: string, recordId: string, ratingVersion: number): string =>
  `${tenantId}/${recordId}@${ratingVersion}`;

const text = { type: String, required: true };
const long = { type: BigInt, required: true };
const figures = rowSchema({
  offeringVersion: { type: Number, required: true },
  deck: text,
  zone: text,
  quantity: long,
  billedQuantity: long,
  includedQuantity: long,
  amountMicro: long,
  paidMicro: BigInt,
} satisfies Record<keyof RatingFigures, unknown>);

export const UsageCorrections = defineCollection<UsageCorrectionRow>(
  'usageCorrections',
  rowSchema({
    _id: text,
    recordId: text,
    ratingVersion: { type: Number, required: true },
    at: text,
    cause: { type: Object, required: true },
    reason: text,
    posted: text,
    reversal: figures,
    debit: figures,
    differenceMicro: long,
    accountId: text,
    subscriptionId: text,
    offeringId: text,
    usageType: text,
    description: text,
    servicePeriod: { type: Object, required: true },
    billedQuantity: long,
    includedQuantity: long,
    chargingPeriodId: text,
    billingPeriodId: String,
  }),
  [{ keys: { chargingPeriodId: 1, posted: 1 } }, { keys: { recordId: 1, ratingVersion: 1 } }],
);
