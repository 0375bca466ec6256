import { addDays, type LocalDate, nextCutOffs, type Period } from '@tollkeeper/calendar';
import type { AccountProfile, RecurringCharge } from '@tollkeeper/contracts';
import type { BillLine, LastBilled } from './bill';
import { servedUntil } from './bill-purpose';
import { type ChargeHolder, holdersOf } from './charge-holders';
import { chargePeriodContaining, isShort } from './charge-periods';
import { chargeOfReturn, lineOf, mergedShort, type PricedPart } from './charge-lines';
import { chargedDays } from './charged-days';
import { givenBack } from './given-back';
import { nextVersionFrom, versionInForce } from './offering-versions';
import { isPaidBefore } from './payers-share';
import { chargeIn, latest, pricedPeriod, type PricingInput } from './priced-charge';
import { undoneHolders } from './undone-plans';
import { chargedTo, countedFrom } from './whole-sides';
import { withdrawnOfferings } from './withdrawal';

export interface RecurringInput extends PricingInput {
  cutOffOn: LocalDate;
  account: AccountProfile;
  lastBilled: LastBilled | null;
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
  const held = holdersOf(input);
  return sameHolders([...held, ...undoneHolders(input, held)]).flatMap((holders) => {
    const own = asOwed(holders, input);
    const lines = chargeIdsOf(holders, reach, own).flatMap((chargeId) => {
      const returned = givenBack(chargeId, holders, own.lastBilled, own);
      const through = throughAfter(chargeId, holders, returned, own.lastBilled);
      return [...returned, ...chargesOf(chargeId, holders, through, reach, own)];
    });
    return lines.sort((left, right) => (left.from < right.from ? -1 : left.from > right.from ? 1 : 0));
  });
}

/** Of a contract that was withdrawn from, all charges are in proportion to the days. */
function asOwed(holders: readonly ChargeHolder[], input: RecurringInput): RecurringInput {
  const last = holders.at(-1);
  return last?.withdrawn
    ? { ...input, offerings: withdrawnOfferings(input.offerings, last.offeringId) }
    : input;
}

/** Who left a plan and came back has it several times, and each charge of it is one. */
function sameHolders(holders: readonly ChargeHolder[]): ChargeHolder[][] {
  const groups = new Map<string, ChargeHolder[]>();
  for (const holder of holders) {
    const key = `${holder.kind}/${holder.holderId}/${holder.offeringId}`;
    const group = groups.get(key);
    if (group) group.push(holder);
    else groups.set(key, [holder]);
  }
  return [...groups.values()];
}

function reachOf({ cycle, startsOn, cutOffOn, lastBilled }: RecurringInput): Reach {
  const from = lastBilled && lastBilled.periodTo > startsOn ? lastBilled.periodTo : startsOn;
  const oldest = Object.values(lastBilled?.chargedThrough ?? {}).reduce(
    (least, through) => (through < least ? through : least),
    from,
  );
  let earliest = cutOffOn;
  for (let back = 0; earliest > startsOn && earliest > oldest && back < mostPeriodsBack; back += 1)
    earliest = servedUntil(cycle, earliest).from;
  const next = nextCutOffs(cycle, cutOffOn, 1)[0] as LocalDate;
  return { from, earliest: latest(earliest, startsOn), cutOffOn, next };
}

/** Charges of the holder's kind over all versions, in the order of the newest that has them. */
function chargeIdsOf(
  holders: readonly ChargeHolder[],
  reach: Reach,
  { offerings, cycle }: RecurringInput,
): string[] {
  const { kind, offeringId } = holders[0] as ChargeHolder;
  // A plan without a price is a fault that has to be seen, also where it would cost nothing.
  for (const { days } of holders) {
    const first = latest(days.from, reach.from);
    if (first < days.to && first < reach.next) versionInForce(offerings, offeringId, first, cycle.zone);
  }
  const versions = offerings
    .filter((each) => each.offeringId === offeringId && !each.paidInAdvance)
    .sort((left, right) => right.version - left.version);
  const ids = versions.flatMap(({ recurringCharges: charges }) =>
    charges.filter(({ per }) => per === kind).map(({ chargeId }) => chargeId),
  );
  return [...new Set(ids)];
}

/** Days that were given back up to where the charge was billed to may be charged again. */
function throughAfter(
  chargeId: string,
  [holder]: readonly ChargeHolder[],
  returned: readonly ChargeLine[],
  lastBilled: LastBilled | null,
): LocalDate | undefined {
  if (!holder) return undefined;
  const chargeKey = `${holder.holderId}/${holder.offeringId}/${chargeId}`;
  return returned
    .filter((line) => line.chargeKey !== null && chargeOfReturn(line.chargeKey) === chargeKey)
    .reduceRight(
      (through, line) => (line.to === through ? line.from : through),
      lastBilled?.chargedThrough[chargeKey],
    );
}

/** Walks from where the charge was billed to, period by period, over the days that are charged. */
function chargesOf(
  chargeId: string,
  holders: readonly ChargeHolder[],
  billedTo: LocalDate | undefined,
  reach: Reach,
  input: RecurringInput,
): ChargeLine[] {
  const charge = newestOf(chargeId, holders, input);
  if (!charge) return [];
  let through = billedTo;
  return holders.flatMap((holder) => {
    const parts: PricedPart[] = [];
    for (const days of chargedDays(charge, holder, input.cycle.zone)) {
      const found = partsIn(days, charge, holder, through, reach, input);
      parts.push(...found);
      through = found.at(-1)?.part.to ?? through;
    }
    return mergedShort(parts, (part) => isShort(part.charge)).map((part) => lineOf(part, holder, input));
  });
}

/** The newest version says which days are charged at all. */
function newestOf(
  chargeId: string,
  [holder]: readonly ChargeHolder[],
  { offerings }: RecurringInput,
): RecurringCharge | undefined {
  const newest = offerings
    .filter((each) => each.offeringId === holder?.offeringId && chargeIn(each, chargeId))
    .sort((left, right) => right.version - left.version)[0];
  return newest && chargeIn(newest, chargeId);
}

function partsIn(
  days: Period,
  newest: RecurringCharge,
  holder: ChargeHolder,
  through: LocalDate | undefined,
  reach: Reach,
  input: RecurringInput,
): PricedPart[] {
  const { offerings, cycle } = input;
  const end = days.to < reach.next ? days.to : reach.next;
  const parts: PricedPart[] = [];
  const { chargeId } = newest;
  const since =
    through === undefined
      ? unbilledFrom(newest, holder, reach, input)
      : latest(through, earliestFor(newest, holder, reach, input));
  let on = latest(days.from, since);
  let billed = through;
  for (let step = 0; on < end && step < mostSteps; step += 1) {
    const charge = chargeIn(versionInForce(offerings, holder.offeringId, on, cycle.zone), chargeId);
    if (!charge) {
      const later = nextVersionFrom(offerings, holder.offeringId, on, cycle.zone);
      if (!later) break;
      on = later;
      continue;
    }
    const { whole, priced } = pricedPeriod(on, charge, holder, input);
    if (priced) {
      const until = whole.to < days.to ? whole.to : days.to;
      const to = chargedTo(priced.charge, holder, until, whole, cycle.zone);
      const firstDay = days.from > holder.days.from ? latest(priced.held, days.from) : priced.held;
      const begins =
        charge.timing === 'inArrears' && through === undefined ? latest(firstDay, days.from) : on;
      const part = { from: begins, to };
      if (
        isDue(priced.charge, { from: begins, to: until }, reach) &&
        isOwed(priced.charge, holder, priced.counted, billed)
      ) {
        const deferred = priced.charge.timing === 'inAdvance' && until > reach.cutOffOn;
        const { price, offering } = priced;
        const counted = countedFrom(priced.charge, holder, part.from, whole, billed);
        const countFrom = counted === part.from ? {} : { countFrom: counted };
        parts.push({ charge: priced.charge, offering, part, whole, firstDay, ...countFrom, deferred, price });
        billed = to;
      }
    }
    on = whole.to;
  }
  return parts;
}

/** Of a charge in arrears whose period is longer than all bills that are caught up, its whole period. */
function earliestFor(
  charge: RecurringCharge,
  holder: ChargeHolder,
  { from, earliest }: Reach,
  { cycle }: RecurringInput,
): LocalDate {
  if (charge.timing !== 'inArrears') return earliest;
  const running = chargePeriodContaining(charge, holder, cycle, addDays(from, -1));
  return running.from < earliest ? running.from : earliest;
}

/**
 * In arrears a period that had not ended by the last bill is not billed yet, though its plan may have ended since, or
 * had ended then without being known.
 */
function unbilledFrom(
  charge: RecurringCharge,
  holder: ChargeHolder,
  { from }: Reach,
  { cycle, startsOn }: RecurringInput,
): LocalDate {
  if (charge.timing !== 'inArrears') return from;
  const running = chargePeriodContaining(charge, holder, cycle, addDays(from, -1));
  return running.to > from ? latest(running.from, startsOn) : from;
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
