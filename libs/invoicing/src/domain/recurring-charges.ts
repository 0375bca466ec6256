import { type Cycle, type LocalDate, nextCutOffs, type Period, periodEndingAt } from '@tollkeeper/calendar';
import type { AccountProfile, OfferingVersion, PriceOverride, RecurringCharge } from '@tollkeeper/contracts';
import type { BillLine, LastBilled } from './bill';
import type { LinePrice } from './bill-parts';
import { type ChargeHolder, holdersOf } from './charge-holders';
import { chargePeriodContaining, isShort, sameFrequency } from './charge-periods';
import { priceOf } from './charge-price';
import { lineOf, mergedShort, type PricedPart, returnLineOf } from './charge-lines';
import { nextVersionFrom, versionInForce } from './offering-versions';
import { heldFrom, isPaidBefore, returnedPart } from './payers-share';

export interface RecurringInput {
  cycle: Cycle;
  /** The cycle bills nothing before this day. */
  startsOn: LocalDate;
  cutOffOn: LocalDate;
  account: AccountProfile;
  offerings: OfferingVersion[];
  lastBilled: LastBilled | null;
  /** Absent: list prices. */
  overrides?: readonly PriceOverride[];
  /** Absent: found anew. */
  holders?: readonly ChargeHolder[];
}

type ChargeLine = Omit<BillLine, 'lineNo'>;

/** What a bill covers: `from` the last bill to the cut-off, and up to the next one what is charged in advance. */
interface Reach {
  from: LocalDate;
  earliest: LocalDate;
  cutOffOn: LocalDate;
  next: LocalDate;
}

/** Periods that an account missed (skipped, failed) are caught up, this many at most. */
const mostPeriodsBack = 36;
/** Daily charges over the longest time that is caught up. */
const mostSteps = 20_000;

/**
 * In advance: periods that begin before the next cut-off. In arrears: what ended by this one. Each from where the
 * charge was billed to before, so that bills of any cycle follow each other without a gap or an overlap.
 */
export function recurringCharges(input: RecurringInput): ChargeLine[] {
  const reach = reachOf(input);
  return holdersOf(input).flatMap((holder) => {
    const lines = chargeIdsOf(holder, reach, input).flatMap((chargeId) => [
      ...chargesOf(chargeId, holder, reach, input),
      ...returnsOf(chargeId, holder, input),
    ]);
    return lines.sort((left, right) => (left.from < right.from ? -1 : left.from > right.from ? 1 : 0));
  });
}

function reachOf({ cycle, startsOn, cutOffOn, lastBilled }: RecurringInput): Reach {
  const from = lastBilled && lastBilled.periodTo > startsOn ? lastBilled.periodTo : startsOn;
  const oldest = Object.values(lastBilled?.chargedThrough ?? {}).reduce(
    (least, through) => (through < least ? through : least),
    from,
  );
  let earliest = cutOffOn;
  for (let back = 0; earliest > startsOn && earliest > oldest && back < mostPeriodsBack; back += 1)
    earliest = periodEndingAt(cycle, earliest).from;
  const next = nextCutOffs(cycle, cutOffOn, 1)[0] as LocalDate;
  return { from, earliest: latest(earliest, startsOn), cutOffOn, next };
}

/** Charges of the holder's kind over all versions, in the order of the newest that has them. */
function chargeIdsOf(holder: ChargeHolder, reach: Reach, { offerings, cycle }: RecurringInput): string[] {
  const first = latest(holder.days.from, reach.from);
  // A plan without a price is a fault that has to be seen, also where it would cost nothing.
  if (first < holder.days.to && first < reach.next)
    versionInForce(offerings, holder.offeringId, first, cycle.zone);
  const versions = offerings
    .filter(({ offeringId, paidInAdvance }) => offeringId === holder.offeringId && !paidInAdvance)
    .sort((left, right) => right.version - left.version);
  const ids = versions.flatMap(({ recurringCharges: charges }) =>
    charges.filter(({ per }) => per === holder.kind).map(({ chargeId }) => chargeId),
  );
  return [...new Set(ids)];
}

/** Walks from where the charge was billed to, period by period. */
function chargesOf(
  chargeId: string,
  holder: ChargeHolder,
  reach: Reach,
  input: RecurringInput,
): ChargeLine[] {
  const { offerings, cycle, lastBilled, startsOn } = input;
  const through = lastBilled?.chargedThrough[`${holder.holderId}/${holder.offeringId}/${chargeId}`];
  const end = holder.days.to < reach.next ? holder.days.to : reach.next;
  const parts: PricedPart[] = [];
  let on = latest(
    holder.days.from,
    through === undefined ? latest(reach.from, reach.earliest) : latest(through, reach.earliest),
  );
  for (let step = 0; on < end && step < mostSteps; step += 1) {
    const charge = chargeIn(versionInForce(offerings, holder.offeringId, on, cycle.zone), chargeId);
    if (!charge) {
      const later = nextVersionFrom(offerings, holder.offeringId, on, cycle.zone);
      if (!later) break;
      on = later;
      continue;
    }
    const whole = chargePeriodContaining(charge, holder.part?.planFrom ?? holder.days.from, cycle, on);
    const counted = { from: latest(whole.from, startsOn), to: whole.to };
    const held = latest(heldFrom(holder, counted), counted.from);
    const found = pricedAt(held, charge, on, holder, input);
    const to = whole.to < holder.days.to ? whole.to : holder.days.to;
    const begins =
      charge.timing === 'inArrears' && through === undefined ? latest(held, holder.days.from) : on;
    const part = { from: begins, to };
    if (found && isDue(found.charge, part, reach) && isOwed(found.charge, holder, counted, through)) {
      const deferred = found.charge.timing === 'inAdvance' && to > reach.cutOffOn;
      const price = priceAt(held, found, holder, input);
      parts.push({ ...found, part, whole, firstDay: held, deferred, price });
    }
    on = whole.to;
  }
  return mergedShort(parts, ({ charge }) => isShort(charge)).map((part) => lineOf(part, holder));
}

const isDue = ({ timing }: RecurringCharge, part: Period, { cutOffOn }: Reach): boolean =>
  part.from < part.to && (timing === 'inAdvance' || part.to <= cutOffOn);

/** A charge that is not prorated is billed once for a period, whatever the days. */
const isOwed = (
  { prorate }: RecurringCharge,
  holder: ChargeHolder,
  counted: Period,
  through: LocalDate | undefined,
): boolean =>
  prorate || (!isPaidBefore(holder, counted) && !(through !== undefined && through > counted.from));

/** The price of the period's first day holds for all of it, as long as the charge kept its frequency. */
function pricedAt(
  held: LocalDate,
  charge: RecurringCharge,
  on: LocalDate,
  holder: ChargeHolder,
  { offerings, cycle }: RecurringInput,
): Pick<PricedPart, 'charge' | 'offering'> | null {
  const now = versionInForce(offerings, holder.offeringId, on, cycle.zone);
  const offering = held < on ? versionInForce(offerings, holder.offeringId, held, cycle.zone) : now;
  const first = chargeIn(offering, charge.chargeId);
  if (!first) return null;
  return sameFrequency(first, charge) ? { charge: first, offering } : { charge, offering: now };
}

const priceAt = (
  held: LocalDate,
  { charge, offering }: Pick<PricedPart, 'charge' | 'offering'>,
  { holderId, rootId }: ChargeHolder,
  { overrides = [], cycle }: RecurringInput,
): LinePrice => priceOf(charge, offering, [holderId, rootId], held, { overrides, zone: cycle.zone });

/** What was charged in advance for days that another account pays for. */
function returnsOf(chargeId: string, holder: ChargeHolder, input: RecurringInput): ChargeLine[] {
  const { lastBilled, startsOn, offerings, cycle } = input;
  const through = lastBilled?.chargedThrough[`${holder.holderId}/${holder.offeringId}/${chargeId}`];
  if (!holder.part?.nextPayerFrom || !lastBilled || !through) return [];
  const lines: ChargeLine[] = [];
  let on = holder.days.to;
  for (let step = 0; on < through && step < mostSteps; step += 1) {
    const charge = chargeIn(versionInForce(offerings, holder.offeringId, on, cycle.zone), chargeId);
    if (!charge) break;
    const whole = chargePeriodContaining(charge, holder.part.planFrom, cycle, on);
    const counted = { from: latest(whole.from, startsOn), to: whole.to };
    const held = latest(heldFrom(holder, counted), counted.from);
    const found = pricedAt(held, charge, on, holder, input);
    const part =
      charge.timing === 'inAdvance' && found ? returnedPart(charge.prorate, holder, counted, through) : null;
    if (found && part) {
      const price = priceAt(held, found, holder, input);
      const priced = { ...found, part, whole, firstDay: held, deferred: false, price };
      lines.push(returnLineOf(priced, holder, lastBilled));
    }
    on = whole.to;
  }
  return lines;
}

const latest = (left: LocalDate, right: LocalDate): LocalDate => (left > right ? left : right);

const chargeIn = (offering: OfferingVersion, chargeId: string): RecurringCharge | undefined =>
  offering.recurringCharges.find((each) => each.chargeId === chargeId);
