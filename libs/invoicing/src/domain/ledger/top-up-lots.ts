import type { TaxPart } from './open-item';
import { mergedTaxes, taxOfStep } from './proportional-tax';

/** Money topped up with one payment and what of it is left; used up in the order in which it came. */
export interface TopUpLot {
  paymentId: string;
  amountMinor: number;
  /** Spent or given back so far, tax included. */
  takenMinor: number;
  /** Its tax was due when it was sold: it is never taxed again. */
  taxedAtSale: boolean;
  taxes: readonly TaxPart[];
}

export interface LotPart {
  paymentId: string;
  amountMinor: number;
}

export interface Taken<Lot> {
  lots: Lot[];
  parts: LotPart[];
  /** Tax that these parts carried since their sale. */
  taxes: TaxPart[];
  /** What was not taxed yet, and what no lot covers. */
  untaxedMinor: number;
}

/** `first` is used before the others: a refund takes its own top-up. */
export function takeFromTopUps<Lot extends TopUpLot>(
  lots: readonly Lot[],
  amountMinor: number,
  first: string | null = null,
): Taken<Lot> {
  const rank = ({ paymentId }: TopUpLot) => (paymentId === first ? 0 : 1);
  const inOrder = [...lots].sort((left, right) => rank(left) - rank(right));
  const taken: Taken<Lot> = { lots: [], parts: [], taxes: [], untaxedMinor: 0 };
  let left = amountMinor;
  for (const lot of inOrder) {
    const part = Math.min(left, lot.amountMinor - lot.takenMinor);
    if (part <= 0) continue;
    left -= part;
    move(taken, lot, part);
    taken.parts.push({ paymentId: lot.paymentId, amountMinor: part });
    if (!lot.taxedAtSale) taken.untaxedMinor += part;
  }
  return { ...taken, taxes: mergedTaxes(taken.taxes), untaxedMinor: taken.untaxedMinor + left };
}

/** What a renewal took goes back, the last part first, with the tax that it brought; `parts` is what it keeps. */
export function giveBackToTopUps<Lot extends TopUpLot>(
  lots: readonly Lot[],
  parts: readonly LotPart[],
  amountMinor: number,
): Pick<Taken<Lot>, 'lots' | 'parts' | 'taxes'> {
  const taken: Taken<Lot> = { lots: [], parts: [], taxes: [], untaxedMinor: 0 };
  let left = amountMinor;
  for (const { paymentId, amountMinor: used } of [...parts].reverse()) {
    const lot = lots.find((each) => each.paymentId === paymentId);
    const part = Math.min(left, used, lot?.takenMinor ?? 0);
    if (lot && part > 0) move(taken, lot, -part);
    left -= part;
    if (used > part) taken.parts.unshift({ paymentId, amountMinor: used - part });
  }
  return { lots: taken.lots, parts: taken.parts, taxes: mergedTaxes(taken.taxes) };
}

function move<Lot extends TopUpLot>(taken: Taken<Lot>, lot: Lot, partMinor: number): void {
  const toMinor = lot.takenMinor + partMinor;
  const step = taxOfStep(lot.taxes, { fromMinor: lot.takenMinor, toMinor, ofMinor: lot.amountMinor });
  taken.lots.push({ ...lot, takenMinor: toMinor });
  const sign = Math.sign(partMinor);
  taken.taxes.push(...step.map((each) => ({ ...each, amountMinor: sign * each.amountMinor })));
}
