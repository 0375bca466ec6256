import type { Cycle, LocalDate, Period } from '@tollkeeper/calendar';
import type { OfferingVersion, RecurringCharge } from '@tollkeeper/contracts';
import { fractionOf } from '@tollkeeper/money';
import type { BilledCharge, BillLine } from './bill';
import type { LinePrice } from './bill-parts';
import type { ChargeHolder } from './charge-holders';
import { chargePeriodContaining } from './charge-periods';
import { billedFor, lengthOf, measureOf, shareOf, unitOf } from './prorate';
import { countedFrom, measuredHolder, sumsFrom } from './whole-sides';

type ChargeLine = Omit<BillLine, 'lineNo'>;

/** A part of one of the charge's periods that a bill charges. */
export interface PricedPart {
  charge: RecurringCharge;
  offering: OfferingVersion;
  part: Period;
  whole: Period;
  /** The first day of the period on which the plan was held. */
  firstDay: LocalDate;
  /** A start that is charged whole: the day from which the part counts. Absent: its first. */
  countFrom?: LocalDate;
  deferred: boolean;
  price: LinePrice;
  /** Whole periods in one line; absent: one. */
  periods?: number;
}

const countOf = ({ part, countFrom = part.from }: PricedPart): Period => ({ from: countFrom, to: part.to });

function isWhole(priced: PricedPart): boolean {
  const { from, to } = countOf(priced);
  return !priced.charge.prorate || (from === priced.whole.from && to === priced.whole.to);
}

const measured = ({ charge }: Pick<PricedPart, 'charge'>, holder: ChargeHolder, zone: string) =>
  measureOf(charge.proration, measuredHolder(charge, holder), zone);

/** Where seconds are counted, a plan may begin or end within the days of a whole period. */
function isCut(priced: PricedPart, holder: ChargeHolder, zone: string): boolean {
  const { charge, whole } = priced;
  const { from, to } = countOf(priced);
  return (
    charge.prorate &&
    unitOf(charge.proration) === 'second' &&
    measured(priced, holder, zone)(from, to) < lengthOf(charge.proration, whole, zone)
  );
}

/** Whole days and weeks that follow each other at one version are one part. */
export function mergedShort(parts: PricedPart[], isShort: (part: PricedPart) => boolean): PricedPart[] {
  const merged: PricedPart[] = [];
  for (const each of parts) {
    const last = merged.at(-1);
    const joins =
      last &&
      isShort(each) &&
      isWhole(each) &&
      isWhole(last) &&
      unitOf(each.charge.proration) !== 'second' &&
      last.part.to === each.part.from &&
      last.offering === each.offering &&
      last.price.amountMinor === each.price.amountMinor &&
      last.price.sourceId === each.price.sourceId &&
      last.deferred === each.deferred;
    if (joins)
      merged[merged.length - 1] = {
        ...last,
        part: { from: last.part.from, to: each.part.to },
        whole: { from: last.whole.from, to: each.whole.to },
        periods: (last.periods ?? 1) + 1,
      };
    else merged.push(each);
  }
  return merged;
}

interface Zoned {
  cycle: Cycle;
}

export function lineOf(priced: PricedPart, holder: ChargeHolder, { cycle }: Zoned): ChargeLine {
  const { charge, offering, part, whole, deferred, price, periods = 1 } = priced;
  const line = plainLine(charge, offering, holder, part, price);
  line.quantity = periods;
  line.amountMinor = price.amountMinor * periods;
  line.deferred = deferred;
  line.chargeKey = keyOf(holder, charge);
  if (!isWhole(priced) || isCut(priced, holder, cycle.zone)) {
    line.amountMinor = shareIn(priced, holder, cycle.zone);
    line.proration = ratioOf(priced, holder, cycle.zone);
    line.chargePeriod = whole;
  }
  return line;
}

/** Of what was billed, after discounts; the charge's price where the bill does not say it. */
export function returnLineOf(
  priced: PricedPart,
  holder: ChargeHolder,
  billed: BilledCharge | undefined,
  { cycle }: Zoned,
): ChargeLine {
  const { charge, offering, part, whole, price, deferred } = priced;
  const { listMinor, discountMinor } = returnedAmounts(priced, holder, billed, cycle);
  return {
    ...plainLine(charge, offering, holder, part, price),
    description: `${descriptionOf(charge, offering)}, given back`,
    amountMinor: 0 - listMinor,
    deferred,
    chargeKey: returnKeyOf(keyOf(holder, charge)),
    proration: charge.prorate ? ratioOf(priced, holder, cycle.zone) : null,
    ...(charge.prorate ? { chargePeriod: whole } : {}),
    ...discountsAsBilled(discountMinor),
  };
}

/** Of a line that gives back: its discounts when it was billed, as one. */
export const discountsAsBilled = (discountMinor: number): Pick<BillLine, 'discounts'> =>
  discountMinor === 0
    ? {}
    : {
        discounts: [
          {
            discountKey: 'asBilled',
            name: 'Discounts when it was billed',
            level: 'line',
            amountMinor: -discountMinor,
          },
        ],
      };

function shareIn(priced: PricedPart, holder: ChargeHolder, zone: string): number {
  const { charge, price, firstDay, whole } = priced;
  const measure = measured(priced, holder, zone);
  const [since, length] = [sumsFrom(charge, whole, firstDay), lengthOf(charge.proration, whole, zone)];
  return shareOf(price.amountMinor, since, countOf(priced), whole, measure, length);
}

function returnedAmounts(
  priced: PricedPart,
  holder: ChargeHolder,
  billed: BilledCharge | undefined,
  cycle: Cycle,
): { listMinor: number; discountMinor: number } {
  const { charge, part, price } = priced;
  const measure = measured(priced, holder, cycle.zone);
  if (billed?.from && billed.to && billed.from <= part.from && part.to <= billed.to) {
    const whole = chargePeriodContaining(charge, holder, cycle, billed.from);
    if (holder.withdrawn && billed.from >= priced.whole.from)
      return beyondProvided({ ...billed, from: billed.from }, priced, measure, cycle.zone);
    const from = holder.undone ? billed.from : countedFrom(charge, holder, billed.from, whole, undefined);
    return billedFor({ ...billed, from, to: billed.to }, part, measure);
  }
  const listMinor = charge.prorate ? shareIn(priced, holder, cycle.zone) : price.amountMinor;
  if (!billed || billed.listMinor === 0) return { listMinor, discountMinor: 0 };
  const discountMinor = fractionOf(
    billed.discountMinor,
    { numerator: listMinor, denominator: billed.listMinor },
    'halfUp',
  );
  return { listMinor, discountMinor };
}

/** All that was billed but what is in proportion to the days provided, at the price of the period. */
function beyondProvided(
  { from, listMinor, discountMinor }: BilledCharge & { from: LocalDate },
  { charge, part, whole, firstDay, price }: PricedPart,
  measure: ReturnType<typeof measureOf>,
  zone: string,
): { listMinor: number; discountMinor: number } {
  const provided = { from, to: part.from };
  const length = lengthOf(charge.proration, whole, zone);
  const owedMinor = shareOf(price.amountMinor, firstDay, provided, whole, measure, length);
  const backMinor = Math.max(0, listMinor - owedMinor);
  const ratio = { numerator: backMinor, denominator: listMinor };
  return {
    listMinor: backMinor,
    discountMinor: listMinor === 0 ? 0 : fractionOf(discountMinor, ratio, 'halfUp'),
  };
}

function ratioOf(priced: PricedPart, holder: ChargeHolder, zone: string): NonNullable<BillLine['proration']> {
  const { charge, whole } = priced;
  const measure = measured(priced, holder, zone);
  const { from, to } = countOf(priced);
  const firstDay = sumsFrom(charge, whole, priced.firstDay);
  const before = from > firstDay ? measure(firstDay, from) : 0;
  const unit = unitOf(charge.proration);
  return {
    numerator: measure(from, to),
    denominator: lengthOf(charge.proration, whole, zone),
    ...(before > 0 ? { before } : {}),
    ...(unit === 'actualDays' ? {} : { unit }),
  };
}

const givenBack = '/givenBack';

const keyOf = ({ holderId, offeringId }: ChargeHolder, { chargeId }: RecurringCharge): string =>
  `${holderId}/${offeringId}/${chargeId}`;

const descriptionOf = (charge: { name: string }, offering: { name: string }): string =>
  charge.name === offering.name ? charge.name : `${offering.name}: ${charge.name}`;

/** A charge's line, its amount the price; made in one piece, for a bill has many. */
export const plainLine = (
  charge: Pick<RecurringCharge, 'name' | 'taxCode' | 'revenueCategory'>,
  offering: OfferingVersion,
  holder: Pick<ChargeHolder, 'subscriptionId' | 'number'>,
  { from, to }: Period,
  price: LinePrice,
): ChargeLine => ({
  kind: 'recurring',
  subscriptionId: holder.subscriptionId,
  number: holder.number,
  description: descriptionOf(charge, offering),
  from,
  to,
  quantity: 1,
  unit: 'charge',
  includedQuantity: 0,
  records: 0,
  amountMicro: null,
  amountMinor: price.amountMinor,
  taxCode: charge.taxCode,
  revenueCategory: charge.revenueCategory,
  deferred: false,
  offeringId: offering.offeringId,
  offeringVersion: offering.version,
  chargeKey: null,
  proration: null,
  periodIds: [],
  price,
});

export const returnKeyOf = (chargeKey: string): string => `${chargeKey}${givenBack}`;

/** `X/givenBack` is about the charge X. */
export const chargeOfReturn = (chargeKey: string): string | null =>
  chargeKey.endsWith(givenBack) ? chargeKey.slice(0, -givenBack.length) : null;
