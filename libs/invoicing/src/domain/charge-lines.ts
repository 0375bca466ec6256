import { daysIn, type LocalDate, type Period, prorationRatio } from '@tollkeeper/calendar';
import type { OfferingVersion, RecurringCharge } from '@tollkeeper/contracts';
import { fractionOf } from '@tollkeeper/money';
import type { BillLine, LastBilled } from './bill';
import type { LinePrice } from './bill-parts';
import type { ChargeHolder } from './charge-holders';
import { shareOf } from './payers-share';

type ChargeLine = Omit<BillLine, 'lineNo'>;

/** A part of one of the charge's periods that a bill charges. */
export interface PricedPart {
  charge: RecurringCharge;
  offering: OfferingVersion;
  part: Period;
  whole: Period;
  /** The first day of the period on which the plan was held. */
  firstDay: LocalDate;
  deferred: boolean;
  price: LinePrice;
  /** Whole periods in one line; absent: one. */
  periods?: number;
}

const isWhole = ({ charge, part, whole }: PricedPart): boolean =>
  !charge.prorate || (part.from === whole.from && part.to === whole.to);

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

export function lineOf(priced: PricedPart, holder: ChargeHolder): ChargeLine {
  const { charge, offering, part, whole, firstDay, deferred, price, periods = 1 } = priced;
  const partial = !isWhole(priced);
  return {
    ...plainLine(charge, offering, holder),
    ...part,
    quantity: periods,
    amountMinor: partial ? shareOf(price.amountMinor, firstDay, part, whole) : price.amountMinor * periods,
    deferred,
    chargeKey: keyOf(holder, charge),
    proration: partial ? ratioOf(priced) : null,
    price,
    ...(partial ? { chargePeriod: whole } : {}),
  };
}

/** Less what was taken off when it was billed. */
export function returnLineOf(priced: PricedPart, holder: ChargeHolder, lastBilled: LastBilled): ChargeLine {
  const { charge, offering, part, whole, firstDay, price } = priced;
  const chargeKey = keyOf(holder, charge);
  const amountMinor = -(charge.prorate
    ? shareOf(price.amountMinor, firstDay, part, whole)
    : price.amountMinor);
  const before = lastBilled.discounted?.[chargeKey];
  const discountMinor =
    before && before.listMinor !== 0
      ? fractionOf(before.discountMinor, { numerator: amountMinor, denominator: before.listMinor }, 'halfUp')
      : 0;
  return {
    ...plainLine(charge, offering, holder),
    description: `${descriptionOf(charge, offering)}, given back`,
    ...part,
    amountMinor,
    deferred: false,
    chargeKey: `${chargeKey}${givenBack}`,
    proration: charge.prorate ? ratioOf(priced) : null,
    price,
    ...(charge.prorate ? { chargePeriod: whole } : {}),
    ...(discountMinor === 0
      ? {}
      : {
          discounts: [
            {
              discountKey: 'asBilled',
              name: 'Discounts when it was billed',
              level: 'line' as const,
              amountMinor: discountMinor,
            },
          ],
        }),
  };
}

function ratioOf({ part, whole, firstDay }: PricedPart): NonNullable<BillLine['proration']> {
  const ratio = prorationRatio(part, whole);
  const before = part.from > firstDay ? daysIn({ from: firstDay, to: part.from }) : 0;
  return before > 0 ? { ...ratio, before } : ratio;
}

const givenBack = '/givenBack';

const keyOf = ({ holderId, offeringId }: ChargeHolder, { chargeId }: RecurringCharge): string =>
  `${holderId}/${offeringId}/${chargeId}`;

export const descriptionOf = (charge: { name: string }, offering: { name: string }): string =>
  charge.name === offering.name ? charge.name : `${offering.name}: ${charge.name}`;

export const plainLine = (
  charge: Pick<RecurringCharge, 'name' | 'taxCode' | 'revenueCategory'>,
  offering: OfferingVersion,
  holder: Pick<ChargeHolder, 'subscriptionId' | 'number'>,
) => ({
  kind: 'recurring' as const,
  subscriptionId: holder.subscriptionId,
  number: holder.number,
  description: descriptionOf(charge, offering),
  quantity: 1,
  unit: 'charge' as const,
  includedQuantity: 0,
  records: 0,
  amountMicro: null,
  taxCode: charge.taxCode,
  revenueCategory: charge.revenueCategory,
  offeringId: offering.offeringId,
  offeringVersion: offering.version,
  periodIds: [],
});

/** `X/givenBack` is about the charge X. */
export const chargeOfReturn = (chargeKey: string): string | null =>
  chargeKey.endsWith(givenBack) ? chargeKey.slice(0, -givenBack.length) : null;
