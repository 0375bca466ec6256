import { addMicro, type Micro } from '@tollkeeper/money';
import type { Explanation } from '../rating/explanation';

/** What a record was rated to, as far as a second rating may come out different. */
export interface RatingFigures {
  offeringVersion: number;
  deck: string;
  zone: string;
  quantity: number;
  billedQuantity: number;
  includedQuantity: number;
  /** What is charged. */
  amountMicro: Micro;
  /** What included money paid besides. Left out: nothing. */
  paidMicro?: Micro;
}

export interface PostedRating extends RatingFigures {
  recordId: string;
  /** Counted from 1; each correction is the next. */
  ratingVersion: number;
}

/** Reversal and new debit as one step, keyed by record and rating version: posted once, however often it is asked for. */
export interface RatingCorrection {
  recordId: string;
  ratingVersion: number;
  /** What is given back: the figures of the version before, amount and quantities negated. */
  reversal: RatingFigures;
  debit: RatingFigures;
  differenceMicro: Micro;
}

const negated = (figures: RatingFigures): RatingFigures => ({
  ...figures,
  quantity: 0 - figures.quantity,
  billedQuantity: 0 - figures.billedQuantity,
  includedQuantity: 0 - figures.includedQuantity,
  amountMicro: 0 - figures.amountMicro,
  ...paidOf(0 - (figures.paidMicro ?? 0)),
});

const paidOf = (paidMicro: Micro): Pick<RatingFigures, 'paidMicro'> => (paidMicro === 0 ? {} : { paidMicro });

const compared = [
  'offeringVersion',
  'deck',
  'zone',
  'quantity',
  'billedQuantity',
  'includedQuantity',
  'amountMicro',
] as const satisfies readonly (keyof RatingFigures)[];

export const figuresOf = ({
  offeringVersion,
  deck,
  zone,
  quantity,
  billedQuantity,
  includedQuantity,
  amountMicro,
  paidMicro = 0,
}: RatingFigures): RatingFigures => ({
  offeringVersion,
  deck,
  zone,
  quantity,
  billedQuantity,
  includedQuantity,
  amountMicro,
  ...paidOf(paidMicro),
});

/** `null` when the record stands as it is: a second run has nothing to post. */
export function correctionOf(posted: PostedRating, again: RatingFigures): RatingCorrection | null {
  const isSame = compared.every((field) => posted[field] === again[field]);
  if (isSame && (posted.paidMicro ?? 0) === (again.paidMicro ?? 0)) return null;
  const reversal = negated(figuresOf(posted));
  return {
    recordId: posted.recordId,
    ratingVersion: posted.ratingVersion + 1,
    reversal,
    debit: figuresOf(again),
    differenceMicro: addMicro(reversal.amountMicro, again.amountMicro),
  };
}

export const corrected = (
  posted: PostedRating,
  { ratingVersion, debit }: RatingCorrection,
): PostedRating => ({
  ...posted,
  ...debit,
  paidMicro: debit.paidMicro ?? 0,
  ratingVersion,
});

/** What included money paid of a record, as its explanation says. */
export const paidMicroOf = (explanation: Pick<Explanation, 'used'> | null): Micro =>
  (explanation?.used ?? []).reduce(
    (sum, { units, usageType }) => (usageType === 'money' ? addMicro(sum, units) : sum),
    0,
  );
