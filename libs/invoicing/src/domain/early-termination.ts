import { addDays, addMonths, daysIn, type LocalDate, type Period } from '@tollkeeper/calendar';
import type { Commitment, OfferingVersion } from '@tollkeeper/contracts';
import { fractionOf } from '@tollkeeper/money';
import type { BilledOnce, BillLine } from './bill';
import { type ChargeHolder, holdersOf } from './charge-holders';
import { plainLine } from './charge-lines';
import { chargesAsked } from './charges-asked';
import { versionOn } from './offering-versions';
import type { RecurringInput } from './recurring-charges';

type DraftLine = Omit<BillLine, 'lineNo'>;
type Terms = NonNullable<Commitment['earlyTermination']>;

const longestTerm = 120;

/**
 * What leaving before the end of the agreed term costs, once, on the bill of the service's last day. The terms are
 * those of the version that was bought. A change of plan is no early termination: the service goes on.
 */
export function terminationFees(input: RecurringInput & { billedOnce?: BilledOnce }): DraftLine[] {
  const { offerings, cutOffOn, startsOn, cycle, billedOnce = new Set<string>() } = input;
  if (!offerings.some(({ commitment }) => commitment?.earlyTermination)) return [];
  return holdersOf(input)
    .filter(({ kind, endsAt, days }) => kind === 'subscription' && endsAt && days.to <= cutOffOn)
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
  input: RecurringInput,
): DraftLine | null {
  const { begunOn, termMonths, left } = term;
  const completed = monthsCompleted(begunOn, left.from);
  const agreedMinor = agreedFee(terms.charge, completed, termMonths);
  const cap = terms.cap && {
    deviceMinor: deviceLeft(terms.cap.deviceValueMinor, term),
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

/** Pro rata temporis: Directive (EU) 2018/1972, Art. 105(6). */
const deviceLeft = (valueMinor: number, { begunOn, left }: Term): number =>
  fractionOf(
    valueMinor,
    { numerator: daysIn(left), denominator: daysIn({ from: begunOn, to: left.to }) },
    'halfUp',
  );
