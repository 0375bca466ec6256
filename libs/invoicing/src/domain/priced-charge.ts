import type { Cycle, LocalDate, Period } from '@tollkeeper/calendar';
import type { OfferingVersion, PriceOverride, RecurringCharge } from '@tollkeeper/contracts';
import type { LinePrice } from './bill-parts';
import type { ChargeHolder } from './charge-holders';
import { chargePeriodContaining, sameFrequency } from './charge-periods';
import { priceOf } from './charge-price';
import { versionInForce } from './offering-versions';
import { heldFrom } from './payers-share';

export interface PricingInput {
  cycle: Cycle;
  /** The cycle bills nothing before this day. */
  startsOn: LocalDate;
  offerings: OfferingVersion[];
  /** Absent: list prices. */
  overrides?: readonly PriceOverride[];
}

/** One of a charge's periods, with what it costs the one who has the plan in it. */
interface PricedPeriod {
  charge: RecurringCharge;
  offering: OfferingVersion;
  whole: Period;
  /** The period as far as the cycle bills it. */
  counted: Period;
  /** The first day of it on which the plan was held. */
  held: LocalDate;
  price: LinePrice;
}

/** The price of the period's first day holds for all of it, as long as the charge kept its frequency. */
export function pricedPeriod(
  on: LocalDate,
  charge: RecurringCharge,
  holder: ChargeHolder,
  input: PricingInput,
): { whole: Period; priced: PricedPeriod | null } {
  const { cycle, startsOn, offerings, overrides = [] } = input;
  const whole = chargePeriodContaining(charge, holder, cycle, on);
  const counted = { from: latest(whole.from, startsOn), to: whole.to };
  const held = latest(heldFrom(holder, counted), counted.from);
  const now = versionInForce(offerings, holder.offeringId, on, cycle.zone);
  const offering = held < on ? versionInForce(offerings, holder.offeringId, held, cycle.zone) : now;
  const first = chargeIn(offering, charge.chargeId);
  if (!first) return { whole, priced: null };
  const same = first === charge || sameFrequency(first, charge);
  const [own, version] = same ? [first, offering] : [charge, now];
  const ids = [holder.holderId, holder.rootId];
  const price = priceOf(own, version, ids, held, { overrides, zone: cycle.zone });
  return { whole, priced: { charge: own, offering: version, whole, counted, held, price } };
}

export const latest = (left: LocalDate, right: LocalDate): LocalDate => (left > right ? left : right);

export const chargeIn = (offering: OfferingVersion, chargeId: string): RecurringCharge | undefined =>
  offering.recurringCharges.find((each) => each.chargeId === chargeId);
