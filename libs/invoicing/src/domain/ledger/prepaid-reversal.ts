import { draftPosting, type PostingDraft } from './posting-draft';

interface PrepaidReversal {
  reversalId: string;
  paymentId: string;
  accountId: string;
  amountMinor: number;
  currency: string;
  gateway: string;
  /** Of money paid in advance: what was not used when it went out; left out: none. */
  unusedMinor?: number;
}

/** What was not used was given up with the money; what was used by then was a loss. */
export function splitPrepaid({ amountMinor, unusedMinor = 0 }: PrepaidReversal) {
  const unused = Math.min(unusedMinor, amountMinor);
  return { unusedMinor: unused, lossMinor: amountMinor - unused };
}

/** Out: the loss. What was not used is taken out of the sale by whoever knows its tax. */
export const lossPosting = (
  reversal: PrepaidReversal,
  lossMinor: number,
  way: 'out' | 'back',
): PostingDraft => {
  const rule = way === 'back' ? 'reversalWon' : 'reversalLoss';
  return draftPosting(`${reversal.reversalId}/${rule}/1`, rule, { amount: lossMinor }, reversal);
};

/**
 * Won back: a period that was cut does not come back, and a balance that was taken stays taken; what was won back for
 * them is the account's credit. What had been a loss is none any more.
 */
export function wonBackPrepaid(reversal: PrepaidReversal) {
  const { unusedMinor: creditedMinor, lossMinor } = splitPrepaid(reversal);
  const credited = draftPosting(
    `${reversal.reversalId}/reversalCredited/1`,
    'reversalCredited',
    { amount: creditedMinor },
    reversal,
  );
  const postings = [credited, lossPosting(reversal, lossMinor, 'back')];
  return { creditedMinor, lossMinor, postings: postings.filter(({ lines }) => lines.length > 0) };
}
