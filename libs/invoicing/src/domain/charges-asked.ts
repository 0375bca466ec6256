import type { Period } from '@tollkeeper/calendar';
import type { OfferingVersion } from '@tollkeeper/contracts';
import type { ChargeHolder } from './charge-holders';
import { chargePeriodContaining } from './charge-periods';
import { priceOf } from './charge-price';
import { heldFrom } from './payers-share';
import { lengthOf, measureOf, shareOf } from './prorate';
import type { RecurringInput } from './recurring-charges';

/** Daily charges over the longest term. */
const mostSteps = 4_000;

/** What the recurring charges ask for these days, whenever they are billed. */
export function chargesAsked(
  held: Period,
  offering: OfferingVersion,
  holder: ChargeHolder,
  { cycle, overrides = [] }: Pick<RecurringInput, 'cycle' | 'overrides'>,
): number {
  let sum = 0;
  for (const charge of offering.recurringCharges.filter(({ per }) => per === 'subscription')) {
    let on = held.from;
    for (let step = 0; on < held.to && step < mostSteps; step += 1) {
      const whole = chargePeriodContaining(charge, holder, cycle, on);
      const first = heldFrom(holder, whole);
      const ids = [holder.holderId, holder.rootId];
      const price = priceOf(charge, offering, ids, first, { overrides, zone: cycle.zone }).amountMinor;
      const part = { from: on, to: whole.to < held.to ? whole.to : held.to };
      const isAll = part.from === whole.from && part.to === whole.to;
      if (isAll || !charge.prorate) sum += isAll || part.from === first ? price : 0;
      else {
        const measure = measureOf(charge.proration, holder, cycle.zone);
        sum += shareOf(price, first, part, whole, measure, lengthOf(charge.proration, whole, cycle.zone));
      }
      on = whole.to;
    }
  }
  return sum;
}
