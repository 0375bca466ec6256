import type { OfferingVersion, RecurringCharge } from '@tollkeeper/contracts';
import { fractionOf } from '@tollkeeper/money';
import type { BillLine } from './bill';
import { discountsAsBilled, returnKeyOf } from './charge-lines';

type DraftLine = Omit<BillLine, 'lineNo'>;

/** A fee as an earlier bill charged it, with what credit notes have left of it. */
export interface BilledFee {
  line: BillLine;
  creditedMinor: number;
}

export type BilledFees = ReadonlyMap<string, BilledFee>;

/**
 * Directive 2011/83/EU, Article 14(3): who withdraws owes what is in proportion to what was provided, whatever the
 * price says of its periods else.
 */
const inProportion = (charge: RecurringCharge): RecurringCharge => {
  const { prorateStart: _start, prorateEnd: _end, ...rest } = charge;
  return { ...rest, prorate: true, proration: { ...charge.proration, refundUnused: true } };
};

/** The offering's charges as they are owed by one who withdrew from it. */
export const withdrawnOfferings = (
  offerings: readonly OfferingVersion[],
  offeringId: string,
): OfferingVersion[] =>
  offerings.map((each) =>
    each.offeringId === offeringId
      ? { ...each, recurringCharges: each.recurringCharges.map(inProportion) }
      : each,
  );

export const withdrawnKey = (onceKey: string): string => `withdrawn/${onceKey}`;

/** A fee for the beginning is not owed: what was billed of it is given back, once; what was not is not charged. */
export function feeAfterWithdrawal(fee: DraftLine, fees: BilledFees): DraftLine[] {
  const { onceKey = '' } = fee;
  const billed = fees.get(onceKey);
  if (!billed) return [];
  const amounts = leftOf(billed);
  if (amounts.amountMinor === 0) return [];
  const { lineNo: _no, taxInsideMinor: _inside, allocation: _parts, discounts: _off, ...line } = billed.line;
  return [
    {
      ...line,
      description: `${line.description}, given back`,
      ...amounts,
      onceKey: withdrawnKey(onceKey),
      chargeKey: returnKeyOf(onceKey),
    },
  ];
}

/** Below 0; with its discounts where all of it is left. */
function leftOf({ line, creditedMinor }: BilledFee): Pick<DraftLine, 'amountMinor' | 'discounts'> {
  const discountMinor = (line.discounts ?? []).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const paidMinor = line.amountMinor + discountMinor;
  const netMinor = paidMinor - (line.taxInsideMinor ?? 0);
  if (creditedMinor === 0)
    return {
      amountMinor: 0 - line.amountMinor,
      ...discountsAsBilled(discountMinor),
    };
  const leftMinor = Math.max(0, netMinor - creditedMinor);
  return {
    amountMinor:
      netMinor <= 0
        ? 0
        : 0 - fractionOf(paidMinor, { numerator: leftMinor, denominator: netMinor }, 'halfUp'),
  };
}
