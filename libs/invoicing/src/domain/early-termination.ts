import { addDays, addMonths, daysIn, type LocalDate, type Period } from '@tollkeeper/calendar';
import type { Commitment, OfferingVersion } from '@tollkeeper/contracts';
import { fractionOf } from '@tollkeeper/money';
import type { BilledOnce, BillLine } from './bill';
import { type ChargeHolder, holdersOf } from './charge-holders';
import { plainLine } from './charge-lines';
import { chargesAsked } from './charges-asked';
import { deviceWorth } from './devices/device-worth';
import type { InstalmentPlan } from './devices/instalment-plan';
import { versionOn } from './offering-versions';
import type { RecurringInput } from './recurring-charges';

type DraftLine = Omit<BillLine, 'lineNo'>;
type Terms = NonNullable<Commitment['earlyTermination']>;

interface TerminationInput extends RecurringInput {
  billedOnce?: BilledOnce;
  /** Devices on instalments. Absent: none. */
  devices?: readonly InstalmentPlan[];
}

const longestTerm = 120;

/**
 * What leaving before the end of the agreed term costs, once, on the bill of the service's last day. The terms are
 * those of the version that was bought. A change of plan is no early termination: the service goes on. Nor is a
 * withdrawal: Directive 2011/83/EU, Article 14(5).
 */
export function terminationFees(input: TerminationInput): DraftLine[] {
  const { offerings, cutOffOn, startsOn, cycle, billedOnce = new Set<string>() } = input;
  if (!offerings.some(({ commitment }) => commitment?.earlyTermination)) return [];
  return holdersOf(input)
    .filter(
      ({ kind, endsAt, days, withdrawn }) =>
        kind === 'subscription' && endsAt && !withdrawn && days.to <= cutOffOn,
    )
    .flatMap((holder) => {
      const begunOn = holder.part?.planFrom ?? holder.days.from;
      const offering = versionOn(offerings, holder.offeringId, begunOn, cycle.zone);
      const { earlyTermination: terms, termMonths } = offering?.commitment ?? {};
      if (!offering || !terms || termMonths === undefined || holder.days.to < startsOn) return [];
      const left: Period = { from: holder.days.to, to: addMonths(begunOn, termMonths) };
      const line =
        left.from < left.to ? feeLine(terms, offering, holder, { begunOn, termMonths, left }, input) : null;
      return line && !billedOnce.has(line.onceKey ?? '') ? [line] : [];
    });
}

interface Term {
  begunOn: LocalDate;
  termMonths: number;
  left: Period;
}

function feeLine(
  terms: Terms,
  offering: OfferingVersion,
  holder: ChargeHolder,
  term: Term,
  input: TerminationInput,
): DraftLine | null {
  const { begunOn, termMonths, left } = term;
  const completed = monthsCompleted(begunOn, left.from);
  const agreedMinor = agreedFee(terms.charge, completed, termMonths);
  const cap = terms.cap && {
    deviceMinor: devicesLeft(terms.cap.deviceValueMinor, term, holder, input),
    chargesMinor: chargesAsked(left, offering, holder, input),
  };
  const amountMinor = cap ? Math.min(agreedMinor, cap.deviceMinor, cap.chargesMinor) : agreedMinor;
  if (amountMinor <= 0) return null;
  const price = { chargeId: 'earlyTermination', amountMinor, source: 'list' as const };
  const day = { from: left.from, to: addDays(left.from, 1) };
  return {
    ...plainLine(terms, offering, holder, day, price),
    kind: 'oneOff',
    termination: { monthsLeft: termMonths - completed, agreedMinor, ...(cap ?? {}) },
    onceKey: `earlyTermination/${holder.rootId}/${holder.offeringId}/${begunOn}`,
  };
}

function monthsCompleted(from: LocalDate, to: LocalDate): number {
  let months = 0;
  while (months < longestTerm && addMonths(from, months + 1) <= to) months += 1;
  return months;
}

/** Months that have begun count whole. */
function agreedFee(charge: Terms['charge'], completed: number, termMonths: number): number {
  switch (charge.fee) {
    case 'fixed':
      return charge.amountMinor;
    case 'perRemainingMonth':
      return charge.amountMinor * (termMonths - completed);
    case 'table':
      return charge.rows.filter(({ fromMonth }) => fromMonth <= completed).at(-1)?.amountMinor ?? 0;
  }
}

/**
 * Pro rata temporis: Directive (EU) 2018/1972, Art. 105(6). A device that is sold on instalments counts as it was valued
 * at its sale, less what the customer still pays for it by them: he does not pay for it twice.
 */
function devicesLeft(
  agreedMinor: number,
  term: Term,
  { rootId, subscriptionId }: ChargeHolder,
  { devices = [] }: TerminationInput,
): number {
  const sold = devices.filter(
    (plan) => plan.cancelledAt === null && [rootId, subscriptionId].includes(plan.subscriptionId),
  );
  if (sold.length === 0) return valueLeft(agreedMinor, term);
  const { valueMinor, owedMinor } = deviceWorth(sold, term.left.from);
  return Math.max(0, valueLeft(valueMinor, term) - owedMinor);
}

const valueLeft = (valueMinor: number, { begunOn, left }: Term): number =>
  fractionOf(
    valueMinor,
    { numerator: daysIn(left), denominator: daysIn({ from: begunOn, to: left.to }) },
    'halfUp',
  );
