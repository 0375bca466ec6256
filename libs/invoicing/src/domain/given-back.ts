import type { LocalDate, Period } from '@tollkeeper/calendar';
import type { BillLine, BilledCharge, LastBilled } from './bill';
import type { ChargeHolder } from './charge-holders';
import { returnLineOf } from './charge-lines';
import { keptDays, uncovered } from './charged-days';
import { netOf } from './line-parts';
import { versionOn } from './offering-versions';
import { returnedPart } from './payers-share';
import { chargeIn, latest, pricedPeriod, type PricingInput } from './priced-charge';

type ChargeLine = Omit<BillLine, 'lineNo'>;

interface ReturnInput extends PricingInput {
  cutOffOn: LocalDate;
}

/** Days over the longest time that is charged in advance. */
const mostSteps = 20_000;
const mostReturns = 100;

/**
 * What was charged in advance for days that the plan no longer charges: after its end or its change, while it was
 * held back, or because another account pays for them. Computed from what was billed, after discounts.
 */
export function givenBack(
  chargeId: string,
  holders: readonly ChargeHolder[],
  lastBilled: LastBilled | null,
  input: ReturnInput,
): ChargeLine[] {
  const [first, last] = [holders[0], holders.at(-1)];
  if (!first || !last || !lastBilled) return [];
  const chargeKey = `${first.holderId}/${first.offeringId}/${chargeId}`;
  const through = lastBilled.chargedThrough[chargeKey];
  if (through === undefined) return [];
  const billed = lastBilled.billed?.[chargeKey];
  const stretches = billedStretches(billed, through, last.days.to);
  const from = stretches[0]?.days.from;
  if (from === undefined) return [];
  const charge = chargeOn(chargeId, first, from, input) ?? chargeOn(chargeId, first, first.days.from, input);
  if (!charge || charge.timing !== 'inAdvance') return [];
  const kept = keptDays(charge, holders, input.cycle.zone);
  const left = new Map(Object.entries(lastBilled.left ?? {}));
  return stretches
    .flatMap(({ days, line }) =>
      uncovered(days, hasBegun(line?.from ?? days.from, holders) ? kept : []).map((unused) => ({
        unused,
        line,
      })),
    )
    .slice(0, mostReturns)
    .flatMap(({ unused, line }) => {
      const lines = linesOf(chargeId, unused, holderOn(holders, unused.from), line, input);
      return lines.map((each) => withinLeft(each, lineKeyOf(chargeKey, line?.from ?? ''), left));
    });
}

export const lineKeyOf = (chargeKey: string, from: LocalDate): string => `${chargeKey}/${from}`;

/** What a credit note gave back of a line is not given back again: all together are no more than the line was. */
function withinLeft(line: ChargeLine, lineKey: string, left: Map<string, number>): ChargeLine {
  const leftMinor = left.get(lineKey);
  if (leftMinor === undefined) return line;
  const returnedMinor = -netOf(line);
  left.set(lineKey, Math.max(0, leftMinor - returnedMinor));
  if (returnedMinor <= leftMinor) return line;
  const credited = {
    ...{ discountKey: 'credited', name: 'Credited before', level: 'line' as const },
    amountMinor: returnedMinor - leftMinor,
  };
  return { ...line, discounts: [...(line.discounts ?? []), credited] };
}

/** A period that was billed ahead and that began at no time of the plan is given back, whatever is kept else. */
const hasBegun = (from: LocalDate, holders: readonly ChargeHolder[]): boolean =>
  holders.some(({ days }) => days.from <= from && from <= days.to);

interface BilledStretch {
  days: Period;
  line: BilledCharge | undefined;
}

/** Days that were billed and not given back yet, line by line. Bills from before say no days: those after the plan. */
function billedStretches(
  billed: BilledCharge | undefined,
  through: LocalDate,
  planEndsOn: LocalDate,
): BilledStretch[] {
  const { from: begun = planEndsOn, returnedTo = '', earlier = [] } = billed ?? {};
  const last = { days: { from: latest(begun, returnedTo), to: through }, line: billed };
  return [
    ...earlier.map((line) => ({
      days: { from: latest(line.from, returnedTo), to: line.until < through ? line.until : through },
      line,
    })),
    last,
  ].filter(({ days }) => days.from < days.to);
}

const chargeOn = (chargeId: string, { offeringId }: ChargeHolder, on: LocalDate, input: PricingInput) => {
  const offering = versionOn(input.offerings, offeringId, on, input.cycle.zone);
  return offering && chargeIn(offering, chargeId);
};

/** The one who had the plan before the days that are given back. */
const holderOn = (holders: readonly ChargeHolder[], on: LocalDate): ChargeHolder =>
  (holders.filter(({ days }) => days.from <= on).at(-1) ?? holders[0]) as ChargeHolder;

/**
 * Days that are still to come leave deferred revenue day by day, as what was billed for them enters revenue; where the
 * service ends or another account pays on, that was earned with the end, and revenue is lowered at once.
 */
const isDeferred = ({ to }: Period, { hasEnd, part }: ChargeHolder, { cutOffOn }: ReturnInput): boolean =>
  !hasEnd && !part?.nextPayerFrom && to > cutOffOn;

/** A line for each of the charge's periods. */
function linesOf(
  chargeId: string,
  unused: Period,
  holder: ChargeHolder,
  billed: BilledCharge | undefined,
  input: ReturnInput,
): ChargeLine[] {
  const lines: ChargeLine[] = [];
  let on = unused.from;
  for (let step = 0; on < unused.to && step < mostSteps; step += 1) {
    const charge = chargeOn(chargeId, holder, on, input);
    if (!charge) break;
    const { whole, priced } = pricedPeriod(on, charge, holder, input);
    const part = priced && returnedPart(charge.prorate, holder, priced.counted, unused);
    if (priced && part)
      lines.push(
        returnLineOf(
          { ...priced, part, firstDay: priced.held, deferred: isDeferred(part, holder, input) },
          holder,
          billed,
          input,
        ),
      );
    on = whole.to;
  }
  return lines;
}
