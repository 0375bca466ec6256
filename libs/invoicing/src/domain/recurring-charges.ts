import {
  addDays,
  type Cycle,
  intersect,
  type LocalDate,
  nextCutOffs,
  type Period,
  periodEndingAt,
  prorationRatio,
  startOfDay,
} from '@tollkeeper/calendar';
import type { AccountProfile, OfferingVersion, RecurringCharge } from '@tollkeeper/contracts';
import type { BillLine, LastBilled } from './bill';
import { type ChargeHolder, chargeHolders } from './charge-holders';
import { isPaidBefore, returnedPart, shareOf } from './payers-share';

export interface RecurringInput {
  cycle: Cycle;
  /** The cycle bills nothing before this day. */
  startsOn: LocalDate;
  cutOffOn: LocalDate;
  account: AccountProfile;
  offerings: OfferingVersion[];
  lastBilled: LastBilled | null;
}

type ChargeLine = Omit<BillLine, 'lineNo'>;

interface Window {
  days: Period;
  /** Lies after the cut-off. */
  ahead: boolean;
}

/** Periods that an account missed (skipped, failed) are caught up, this many at most. */
const mostPeriodsBack = 36;

/** Charges in arrears for the periods that ended, in advance for the next one, and what an advance charge missed. */
export function recurringCharges(input: RecurringInput): ChargeLine[] {
  const windows = windowsOf(input);
  return chargeHolders(input.account, input.cycle.zone).flatMap((holder) =>
    windows.flatMap((window) => [...chargesIn(window, holder, input), ...returnsIn(window, holder, input)]),
  );
}

function windowsOf({ cycle, startsOn, cutOffOn, lastBilled }: RecurringInput): Window[] {
  const billedTo = lastBilled && lastBilled.periodTo > startsOn ? lastBilled.periodTo : startsOn;
  const back: Window[] = [];
  for (
    let ending = cutOffOn;
    ending > billedTo && back.length < mostPeriodsBack;
    ending = back[0]!.days.from
  ) {
    back.unshift({ days: periodEndingAt(cycle, ending), ahead: false });
  }
  const next = nextCutOffs(cycle, cutOffOn, 1)[0] as LocalDate;
  return [...back, { days: { from: cutOffOn, to: next }, ahead: true }];
}

function chargesIn(window: Window, holder: ChargeHolder, input: RecurringInput): ChargeLine[] {
  const billable = { from: input.startsOn, to: window.days.to };
  const inWindow = intersect(window.days, billable);
  const held = inWindow && intersect(holder.days, inWindow);
  if (!held) return [];
  const offering = versionInForce(input, holder.offeringId, held.from);
  if (offering.paidInAdvance) return [];
  return offering.recurringCharges
    .filter(({ per, timing }) => per === holder.kind && (timing === 'inAdvance' || !window.ahead))
    .filter(({ prorate }) => prorate || !isPaidBefore(holder, inWindow))
    .flatMap((charge) => lineOf(charge, offering, holder, window, { held, inWindow }, input.lastBilled));
}

/** What was charged in advance for days that another account pays for. */
function returnsIn(window: Window, holder: ChargeHolder, input: RecurringInput): ChargeLine[] {
  const { lastBilled, startsOn } = input;
  const inWindow = intersect(window.days, { from: startsOn, to: window.days.to });
  if (!holder.part?.nextPayerFrom || !lastBilled || !inWindow) return [];
  const offering = versionInForce(
    input,
    holder.offeringId,
    holder.days.from > inWindow.from ? holder.days.from : inWindow.from,
  );
  return offering.recurringCharges
    .filter(({ per, timing }) => per === holder.kind && timing === 'inAdvance')
    .flatMap((charge) => {
      const chargeKey = keyOf(holder, charge);
      const part = returnedPart(charge, holder, inWindow, lastBilled.chargedThrough[chargeKey]);
      if (!part) return [];
      const days = { from: part.from, to: part.to };
      return [
        {
          ...plainLine(charge, offering, holder),
          description: `${descriptionOf(charge, offering)}, given back`,
          ...days,
          amountMinor: -shareOf(charge, holder, days, window.days, inWindow),
          deferred: false,
          chargeKey: `${chargeKey}/givenBack`,
          proration: charge.prorate ? prorationRatio(days, window.days) : null,
        },
      ];
    });
}

/** The version whose price holds on the first day of the stretch. */
function versionInForce(
  { offerings, cycle }: RecurringInput,
  offeringId: string,
  on: LocalDate,
): OfferingVersion {
  const at = startOfDay(on, cycle.zone);
  const versions = offerings.filter((each) => each.offeringId === offeringId);
  const [latest] = versions
    .filter(({ validFrom }) => validFrom <= at)
    .sort((left, right) => (left.validFrom < right.validFrom ? 1 : -1));
  const [earliest] = [...versions].sort((left, right) => (left.validFrom < right.validFrom ? -1 : 1));
  // Published during its first day: the plan was sold from that day's beginning.
  const found =
    latest ??
    (earliest && earliest.validFrom <= startOfDay(addDays(on, 1), cycle.zone) ? earliest : undefined);
  if (!found) throw new Error(`No version of offering ${offeringId} is in force on ${on}`);
  return found;
}

function lineOf(
  charge: RecurringCharge,
  offering: OfferingVersion,
  holder: ChargeHolder,
  { days: whole, ahead }: Window,
  { held, inWindow }: { held: Period; inWindow: Period },
  lastBilled: LastBilled | null,
): ChargeLine[] {
  const chargeKey = keyOf(holder, charge);
  const through = charge.timing === 'inAdvance' ? lastBilled?.chargedThrough[chargeKey] : undefined;
  const part = through && through > held.from ? intersect(held, { from: through, to: held.to }) : held;
  const chargedWhole = !charge.prorate && through !== undefined && through > whole.from;
  if (!part || chargedWhole) return [];
  const partial = charge.prorate && (part.from !== whole.from || part.to !== whole.to);
  return [
    {
      ...plainLine(charge, offering, holder),
      ...part,
      amountMinor: partial ? shareOf(charge, holder, part, whole, inWindow) : charge.amountMinor,
      deferred: ahead,
      chargeKey,
      proration: partial ? prorationRatio(part, whole) : null,
    },
  ];
}

const keyOf = ({ holderId, offeringId }: ChargeHolder, { chargeId }: RecurringCharge): string =>
  `${holderId}/${offeringId}/${chargeId}`;

const descriptionOf = (charge: RecurringCharge, offering: OfferingVersion): string =>
  charge.name === offering.name ? charge.name : `${offering.name}: ${charge.name}`;

const plainLine = (charge: RecurringCharge, offering: OfferingVersion, holder: ChargeHolder) => ({
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

/** After this bill: how far each charge is paid for. */
export function chargedThroughOf(
  lines: readonly Pick<BillLine, 'chargeKey' | 'to'>[],
): Record<string, LocalDate> {
  const through: Record<string, LocalDate> = {};
  for (const { chargeKey, to } of lines) {
    if (chargeKey !== null && (through[chargeKey] ?? '') < to) through[chargeKey] = to;
  }
  return through;
}
