import { daysIn, type LocalDate, type Period } from '@tollkeeper/calendar';
import type { RecurringCharge } from '@tollkeeper/contracts';
import { fractionOf } from '@tollkeeper/money';
import type { ChargeHolder } from './charge-holders';

/** First day of the window on which the plan was held, whoever paid. */
const heldFrom = ({ part, days }: ChargeHolder, inWindow: Period): LocalDate => {
  const planFrom = part?.planFrom ?? days.from;
  return planFrom > inWindow.from ? planFrom : inWindow.from;
};

/** A charge that is not prorated is paid once in a window: by whoever has the plan's first day in it. */
export const isPaidBefore = (holder: ChargeHolder, inWindow: Period): boolean =>
  holder.part !== undefined && heldFrom(holder, inWindow) < holder.days.from;

/**
 * The share of some days in a period's charge. Payers who share the days of a plan are charged the difference between
 * two sums, each from the first day and rounded once: their parts add up to the whole charge, to the cent.
 */
export function shareOf(
  { amountMinor, prorate }: RecurringCharge,
  holder: ChargeHolder,
  days: Period,
  whole: Period,
  inWindow: Period,
): number {
  if (!prorate) return amountMinor;
  const from = holder.part ? heldFrom(holder, inWindow) : days.from;
  const until = (to: LocalDate): number =>
    to <= from
      ? 0
      : fractionOf(amountMinor, { numerator: daysIn({ from, to }), denominator: daysIn(whole) }, 'halfUp');
  return until(days.to) - until(days.from);
}

/** Days of the window that were charged in advance and that the next payer has; `null`: none. */
export function returnedPart(
  { prorate }: RecurringCharge,
  holder: ChargeHolder,
  inWindow: Period,
  chargedThrough: LocalDate | undefined,
): Period | null {
  const { days, part } = holder;
  if (!chargedThrough || !part?.nextPayerFrom || days.to !== part.nextPayerFrom) return null;
  const from = days.to > inWindow.from ? days.to : inWindow.from;
  const to = chargedThrough < inWindow.to ? chargedThrough : inWindow.to;
  if (from >= to) return null;
  const hasPaidDays = heldFrom(holder, inWindow) < from;
  return !prorate && hasPaidDays ? null : { from, to };
}
