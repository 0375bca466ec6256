import { daysIn, intersect, type Period } from '@tollkeeper/calendar';
import type { MinimumSpend, OfferingVersion } from '@tollkeeper/contracts';
import { fractionOf } from '@tollkeeper/money';
import type { BillLine } from './bill';
import { type ChargeHolder, holdersOf } from './charge-holders';
import { plainLine } from './charge-lines';
import { chargedDays } from './charged-days';
import { chargesAsked } from './charges-asked';
import { versionOn } from './offering-versions';
import type { RecurringInput } from './recurring-charges';

type DraftLine = Omit<BillLine, 'lineNo'>;

/** What the served period costs less than its minimum, a line for each; `spent` are the bill's other lines. */
export function minimumLines(
  input: RecurringInput,
  served: Period,
  spent: readonly DraftLine[],
): DraftLine[] {
  const { offerings, cycle, startsOn } = input;
  if (!offerings.some(({ commitment }) => commitment?.minimums?.length)) return [];
  return holdersOf(input)
    .filter(({ kind, withdrawn }) => kind === 'subscription' && !withdrawn)
    .flatMap((holder) => {
      const billable = intersect(served, { from: startsOn, to: served.to });
      const held = billable && intersect(holder.days, billable);
      const offering = held && versionOn(offerings, holder.offeringId, held.from, cycle.zone);
      return (offering?.commitment?.minimums ?? []).flatMap((minimum) => {
        const [days] = chargedDays({ proration: minimum.proration }, holder, cycle.zone);
        const part = days && billable && intersect(days, billable);
        return part && offering
          ? lineOf(minimum, offering, holder, { held: part, served }, input, spent)
          : [];
      });
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
    (minimum.of === 'all' ? chargesAsked(held, offering, holder, input) + onceOf(holder, spent) : 0);
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
