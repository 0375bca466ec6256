import { type LocalDate, localDateOf } from '@tollkeeper/calendar';
import type { OfferingVersion, PriceOverride } from '@tollkeeper/contracts';
import type { LinePrice } from './bill-parts';

interface Priced {
  chargeId: string;
  amountMinor: number;
}

interface PriceInput {
  overrides: readonly PriceOverride[];
  zone: string;
}

/**
 * What a charge costs that begins on a day: the account's own price, a price that was announced for later, or the
 * version's. Of several own prices the subscription's goes before the account's, then the one that began last.
 */
export function priceOf(
  charge: Priced,
  offering: Pick<OfferingVersion, 'offeringId' | 'scheduledPrices'>,
  subscriptionIds: readonly string[],
  on: LocalDate,
  { overrides, zone }: PriceInput,
): LinePrice {
  const { chargeId } = charge;
  const own =
    overrides.length === 0
      ? undefined
      : overrides
          .filter((each) => holdsFor(each, offering.offeringId, chargeId, subscriptionIds, on, zone))
          .sort(closestFirst)[0];
  if (own?.price.kind === 'charge')
    return { chargeId, amountMinor: own.price.amountMinor, source: 'override', sourceId: own.overrideId };
  if (!offering.scheduledPrices) return { chargeId, amountMinor: charge.amountMinor, source: 'list' };
  const scheduled = offering.scheduledPrices
    .filter((each) => each.chargeId === chargeId && localDateOf(each.from, zone) <= on)
    .sort((left, right) => (left.from < right.from ? 1 : -1))[0];
  return scheduled
    ? { chargeId, amountMinor: scheduled.amountMinor, source: 'scheduled' }
    : { chargeId, amountMinor: charge.amountMinor, source: 'list' };
}

function holdsFor(
  { price, subscriptionId, from, to }: PriceOverride,
  offeringId: string,
  chargeId: string,
  subscriptionIds: readonly string[],
  on: LocalDate,
  zone: string,
): boolean {
  if (price.kind !== 'charge' || price.offeringId !== offeringId || price.chargeId !== chargeId) return false;
  if (subscriptionId !== null && !subscriptionIds.includes(subscriptionId)) return false;
  if (to !== null && to <= from) return false;
  return localDateOf(from, zone) <= on && (to === null || on < localDateOf(to, zone));
}

const closestFirst = (left: PriceOverride, right: PriceOverride): number => {
  const rank = ({ subscriptionId, from, overrideId }: PriceOverride) =>
    `${subscriptionId === null ? 0 : 1} ${from} ${overrideId}`;
  return rank(left) < rank(right) ? 1 : -1;
};
