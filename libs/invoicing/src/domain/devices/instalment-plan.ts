import { addMonths, type Instant, type LocalDate } from '@tollkeeper/calendar';
import { divideRounded } from '@tollkeeper/money';

/** Why an instalment is billed: its day has come, or all that is left is asked for at once. */
export type DueBecause = 'schedule' | 'payOff' | 'termination' | 'default';

export interface Instalment {
  no: number;
  /** Billed by the first bill whose cut-off is later. */
  dueOn: LocalDate;
  /** As it was agreed; `reducedMinor` of it fell with the price since. */
  amountMinor: number;
  reducedMinor: number;
  /** The final bill that asks for it. */
  billedBy: { invoiceId: string; periodTo: LocalDate; because: DueBecause } | null;
}

/** What a credit on the device did: open instalments fall first, from the last one; the rest is account credit. */
export interface DeviceCredit {
  creditNoteId: string;
  on: LocalDate;
  kind: 'priceReduction' | 'return';
  totalMinor: number;
  offInstalmentsMinor: number;
  accountCreditMinor: number;
}

/**
 * A device that is sold on instalments: its price is a debt from delivery on (IFRS 15.108), the tax on all of it is due
 * with the bill of the delivery (Directive 2006/112/EC Art. 14(2)(b), 63), and instalments only move the debt.
 */
export interface InstalmentPlan {
  planId: string;
  accountId: string;
  /** Whose end may ask for the rest at once; `null`: of the account as a whole. */
  subscriptionId: string | null;
  name: string;
  offeringId: string | null;
  offeringVersion: number | null;
  currency: string;
  taxCode: string;
  priceMinor: number;
  /** Billed with the delivery. */
  downPaymentMinor: number;
  /** What the device was worth when it was sold, by which an early-termination fee is capped. */
  valueMinor: number;
  deliveredOn: LocalDate;
  onTermination: 'accelerate' | 'goOn';
  instalments: Instalment[];
  /** All that is open is asked for by the next bill. */
  endedEarly: { on: LocalDate; because: Exclude<DueBecause, 'schedule'> } | null;
  /** The final bill of the delivery. */
  sale: { invoiceId: string; periodTo: LocalDate } | null;
  credits: DeviceCredit[];
  cancelledAt: Instant | null;
}

export const mostInstalments = 60;

export interface Terms {
  priceMinor: number;
  downPaymentMinor: number;
  count: number;
  firstDueOn: LocalDate;
}

/** Why the terms make no schedule; `null`: they do. */
export function termsFault({
  priceMinor,
  downPaymentMinor,
  count,
}: Terms): { field: string; reason: string } | null {
  if (downPaymentMinor >= priceMinor)
    return { field: 'downPayment', reason: 'is the whole price: place a one-off charge instead' };
  const financed = priceMinor - downPaymentMinor;
  const others = sliceOf(financed, count) * (count - 1);
  return others < financed
    ? null
    : { field: 'instalments', reason: `${financed} minor units make no ${count} instalments` };
}

/** Equal slices, rounded once; the last one is the whole less the others, and all of them are the price. */
export function scheduleOf({ priceMinor, downPaymentMinor, count, firstDueOn }: Terms): Instalment[] {
  const financed = priceMinor - downPaymentMinor;
  const slice = sliceOf(financed, count);
  return Array.from({ length: count }, (_, at) => ({
    no: at + 1,
    dueOn: addMonths(firstDueOn, at),
    amountMinor: at + 1 < count ? slice : financed - slice * (count - 1),
    reducedMinor: 0,
    billedBy: null,
  }));
}

const sliceOf = (financed: number, count: number): number =>
  Number(divideRounded(BigInt(financed), BigInt(count), 'halfUp'));

export const leftOfInstalment = ({ amountMinor, reducedMinor }: Instalment): number =>
  amountMinor - reducedMinor;

export const sumLeft = (instalments: readonly Instalment[]): number =>
  instalments.reduce((sum, each) => sum + leftOfInstalment(each), 0);

export const openInstalments = ({ instalments }: Pick<InstalmentPlan, 'instalments'>): Instalment[] =>
  instalments.filter((each) => each.billedBy === null && leftOfInstalment(each) > 0);

type PlanState = 'sold' | 'running' | 'completed' | 'returned' | 'cancelled';

/** `sold`: the delivery is on no final bill yet. */
export function planState(
  plan: Pick<InstalmentPlan, 'cancelledAt' | 'sale' | 'instalments' | 'credits'>,
): PlanState {
  if (plan.cancelledAt !== null) return 'cancelled';
  if (plan.credits.some(({ kind }) => kind === 'return')) return 'returned';
  if (plan.sale === null) return 'sold';
  return openInstalments(plan).length === 0 ? 'completed' : 'running';
}

interface PlanSums {
  billedMinor: number;
  /** Billed all at once: by the customer's wish, and by the seller's right. */
  paidOffMinor: number;
  acceleratedMinor: number;
  reducedMinor: number;
  openMinor: number;
}

/** Down payment + billed + paid off + accelerated + reduced + open = price. */
export function planSums({ instalments }: Pick<InstalmentPlan, 'instalments'>): PlanSums {
  const billed = (...reasons: DueBecause[]) =>
    sumLeft(instalments.filter(({ billedBy }) => billedBy && reasons.includes(billedBy.because)));
  return {
    billedMinor: billed('schedule'),
    paidOffMinor: billed('payOff'),
    acceleratedMinor: billed('termination', 'default'),
    reducedMinor: instalments.reduce((sum, { reducedMinor }) => sum + reducedMinor, 0),
    openMinor: sumLeft(instalments.filter(({ billedBy }) => billedBy === null)),
  };
}

/** A credit shortens the plan: the last instalments go first. */
export function reduced(instalments: readonly Instalment[], byMinor: number): Instalment[] {
  let left = byMinor;
  return [...instalments]
    .reverse()
    .map((each) => {
      if (each.billedBy !== null || left === 0) return each;
      const off = Math.min(left, leftOfInstalment(each));
      left -= off;
      return { ...each, reducedMinor: each.reducedMinor + off };
    })
    .reverse();
}
