import { daysIn, intersect, type Period } from '@tollkeeper/calendar';
import type { MinimumSpend, OfferingVersion } from '@tollkeeper/contracts';
import { fractionOf } from '@tollkeeper/money';
import type { BillLine } from './bill';
import { type ChargeHolder, holdersOf } from './charge-holders';
import { plainLine } from './charge-lines';
import { chargePeriodContaining } from './charge-periods';
import { priceOf } from './charge-price';
import { versionOn } from './offering-versions';
import { heldFrom } from './payers-share';
import { measureOf, shareOf } from './prorate';
import type { RecurringInput } from './recurring-charges';

type DraftLine = Omit<BillLine, 'lineNo'>;

/** A year of days is the longest period of a cycle. */
const mostSteps = 400;

/** What the served period costs less than its minimum, a line for each; `spent` are the bill's other lines. */
export function minimumLines(
  input: RecurringInput,
  served: Period,
  spent: readonly DraftLine[],
): DraftLine[] {
  const { offerings, cycle, startsOn } = input;
  if (!offerings.some(({ commitment }) => commitment?.minimums?.length)) return [];
  return holdersOf(input)
    .filter(({ kind }) => kind === 'subscription')
    .flatMap((holder) => {
      const billable = intersect(served, { from: startsOn, to: served.to });
      const held = billable && intersect(holder.days, billable);
      const offering = held && versionOn(offerings, holder.offeringId, held.from, cycle.zone);
      return (offering?.commitment?.minimums ?? []).flatMap((minimum) =>
        held && offering ? lineOf(minimum, offering, holder, { held, served }, input, spent) : [],
      );
    });
}

function lineOf(
  minimum: MinimumSpend,
  offering: OfferingVersion,
  holder: ChargeHolder,
  { held, served }: { held: Period; served: Period },
  input: RecurringInput,
  spent: readonly DraftLine[],
): DraftLine[] {
  const part = { numerator: daysIn(held), denominator: daysIn(served) };
  const isPart = minimum.prorate !== false && part.numerator < part.denominator;
  const least = isPart ? fractionOf(minimum.amountMinor, part, 'halfUp') : minimum.amountMinor;
  const counted =
    usageOf(minimum, holder, spent) +
    (minimum.of === 'all' ? chargesIn(held, offering, holder, input) + onceOf(holder, spent) : 0);
  if (counted >= least) return [];
  const price = { chargeId: minimum.minimumId, amountMinor: minimum.amountMinor, source: 'list' as const };
  return [
    {
      ...plainLine(minimum, offering, holder, held, price),
      kind: 'minimum',
      amountMinor: least - counted,
      proration: isPart ? part : null,
      minimum: { leastMinor: least, countedMinor: counted },
      ...(isPart ? { chargePeriod: served } : {}),
    },
  ];
}

const isOf = ({ subscriptionId, offeringId }: DraftLine, holder: ChargeHolder): boolean =>
  subscriptionId === holder.subscriptionId && offeringId === holder.offeringId;

const usageOf = ({ priceIds }: MinimumSpend, holder: ChargeHolder, spent: readonly DraftLine[]): number =>
  spent
    .filter((line) => line.kind === 'usage' && !line.corrects && isOf(line, holder))
    .filter(({ priceId }) => !priceIds || priceIds.includes(priceId ?? ''))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);

const onceOf = (holder: ChargeHolder, spent: readonly DraftLine[]): number =>
  spent
    .filter((line) => line.kind === 'oneOff' && isOf(line, holder))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** What the recurring charges ask for these days, whenever they are billed. */
function chargesIn(
  held: Period,
  offering: OfferingVersion,
  holder: ChargeHolder,
  { cycle, overrides = [] }: RecurringInput,
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
      else sum += shareOf(price, first, part, whole, measureOf(charge.proration, holder, cycle.zone));
      on = whole.to;
    }
  }
  return sum;
}
