import { containedTax, type ContainedRate } from './contained-tax';
import type { TaxPart } from './open-item';
import type { PostingDraft } from './posting-draft';
import { draftPosting } from './posting-draft';
import { mergedTaxes, sumOfTax, taxAmounts, taxOfStep } from './proportional-tax';
import { giveBackToTopUps, type LotPart, takeFromTopUps, type TopUpLot } from './top-up-lots';

/** When the tax of what is paid in advance is due, and at which rates: `sale` at the retail sale, `use` as it is used. */
export interface TaxTerms {
  taxAt: 'sale' | 'use';
  rates: readonly ContainedRate[];
}

export interface SaleFact {
  id: string;
  accountId: string;
  paymentId: string;
  amountMinor: number;
  currency: string;
  gateway: string;
}

/** Kept with the payment, so that a refund takes back the tax that the sale brought. */
export interface SoldInAdvance {
  taxedAtSale: boolean;
  /** Posted at this sale. */
  taxes: TaxPart[];
  /** Posted when the top-up that pays for it was sold. */
  taxesBefore: TaxPart[];
  takenFrom: LotPart[];
}

export interface Sale<Lot> {
  posting: PostingDraft;
  lots: Lot[];
  sold: SoldInAdvance;
  /** What lies in the liability until it is earned, and the tax in it that is due only then. */
  deferred: { totalMinor: number; taxes: TaxPart[] };
}

const fromTopUp = 'topUp';

export function sellTopUp(fact: SaleFact, { taxAt, rates }: TaxTerms): Sale<TopUpLot> {
  const taxedAtSale = taxAt === 'sale';
  const taxes = taxedAtSale ? containedTax(fact.amountMinor, rates) : [];
  const net = fact.amountMinor - sumOfTax(taxes);
  return {
    posting: draftPosting(
      `${fact.id}/topUp`,
      'topUp',
      { total: fact.amountMinor, net, tax: taxAmounts(taxes) },
      fact,
    ),
    lots: [],
    sold: { taxedAtSale, taxes, taxesBefore: [], takenFrom: [] },
    deferred: { totalMinor: net, taxes: [] },
  };
}

/** Paid by card or from the top-up balance; what was taxed when the top-up was sold is not taxed again. */
export function sellRenewal<Lot extends TopUpLot>(
  fact: SaleFact,
  { taxAt, rates }: TaxTerms,
  lots: readonly Lot[],
): Sale<Lot> {
  const byBalance = fact.gateway === fromTopUp;
  const taken = byBalance ? takeFromTopUps(lots, fact.amountMinor) : null;
  const contained = containedTax(taken ? taken.untaxedMinor : fact.amountMinor, rates);
  const taxes = taxAt === 'sale' ? contained : [];
  const total = fact.amountMinor - sumOfTax(taken?.taxes ?? []);
  const net = total - sumOfTax(taxes);
  const rule = byBalance ? 'renewalPaidFromTopUp' : 'renewalPaid';
  return {
    posting: draftPosting(`${fact.id}/${rule}`, rule, { total, net, tax: taxAmounts(taxes) }, fact),
    lots: taken?.lots ?? [],
    sold: {
      taxedAtSale: taxAt === 'sale',
      taxes,
      taxesBefore: taken?.taxes ?? [],
      takenFrom: taken?.parts ?? [],
    },
    deferred: { totalMinor: net, taxes: taxAt === 'use' ? contained : [] },
  };
}

interface SoldRenewal extends SoldInAdvance {
  amountMinor: number;
  /** Given back so far. */
  takenMinor: number;
}

interface GivenBack<Lot> {
  posting: PostingDraft;
  lots: Lot[];
  renewal: { takenMinor: number; takenFrom: LotPart[] };
  /** Taken out of the liability for periods paid in advance. */
  reversedMinor: number;
}

/** The unused part of a renewal, back to the card or to the balance that paid for it. */
export function giveBackRenewal<Lot extends TopUpLot>(
  fact: SaleFact,
  sold: SoldRenewal,
  lots: readonly Lot[],
  rule: 'renewalRefunded' | 'renewalTakenBack' = 'renewalRefunded',
): GivenBack<Lot> {
  const takenMinor = sold.takenMinor + fact.amountMinor;
  const step = { fromMinor: sold.takenMinor, toMinor: takenMinor, ofMinor: sold.amountMinor };
  const now = taxOfStep(sold.taxes, step);
  if (fact.gateway !== fromTopUp) {
    const taxes = mergedTaxes([...now, ...taxOfStep(sold.taxesBefore, step)]);
    const net = fact.amountMinor - sumOfTax(taxes);
    const amounts = { total: fact.amountMinor, net, tax: taxAmounts(taxes) };
    return {
      posting: draftPosting(`${fact.id}/${rule}`, rule, amounts, fact),
      lots: [],
      renewal: { takenMinor, takenFrom: sold.takenFrom },
      reversedMinor: net,
    };
  }
  const back = giveBackToTopUps(lots, sold.takenFrom, fact.amountMinor);
  const total = fact.amountMinor - sumOfTax(back.taxes);
  const net = total - sumOfTax(now);
  const amounts = { total, net, tax: taxAmounts(now) };
  return {
    posting: draftPosting(`${fact.id}/renewalReturnedToTopUp`, 'renewalReturnedToTopUp', amounts, fact),
    lots: back.lots,
    renewal: { takenMinor, takenFrom: back.parts },
    reversedMinor: net,
  };
}

/** Money of a top-up balance that is paid out: the sale is undone as far as it goes, its tax with it. */
export function giveBackTopUp<Lot extends TopUpLot>(
  fact: Omit<SaleFact, 'paymentId'> & { paymentId: string | null },
  lots: readonly Lot[],
  rule: 'topUpRefunded' | 'topUpTakenBack' = 'topUpRefunded',
): Pick<Sale<Lot>, 'posting' | 'lots'> {
  const { taxes, lots: changed } = takeFromTopUps(lots, fact.amountMinor, fact.paymentId);
  const net = fact.amountMinor - sumOfTax(taxes);
  const amounts = { total: fact.amountMinor, net, tax: taxAmounts(taxes) };
  return { posting: draftPosting(`${fact.id}/${rule}`, rule, amounts, fact), lots: changed };
}
