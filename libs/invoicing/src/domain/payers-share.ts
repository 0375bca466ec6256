import { daysIn, type LocalDate, type Period } from '@tollkeeper/calendar';
import { fractionOf } from '@tollkeeper/money';
import type { ChargeHolder } from './charge-holders';

/** First day of the charge's period on which the plan was held, whoever paid. */
export const heldFrom = ({ part, days }: ChargeHolder, period: Period): LocalDate => {
  const planFrom = part?.planFrom ?? days.from;
  return planFrom > period.from ? planFrom : period.from;
};

/** A charge that is not prorated is paid once in a period: by whoever has the plan's first day in it. */
export const isPaidBefore = (holder: ChargeHolder, period: Period): boolean =>
  holder.part !== undefined && heldFrom(holder, period) < holder.days.from;

/**
 * The share of some days in a period's charge: the difference between two sums, each from the first day held and
 * rounded once. Bills, and payers, who share the days of a period thus add up to the whole charge, to the cent.
 */
export function shareOf(amountMinor: number, firstDay: LocalDate, days: Period, whole: Period): number {
  const until = (to: LocalDate): number =>
    to <= firstDay
      ? 0
      : fractionOf(
          amountMinor,
          { numerator: daysIn({ from: firstDay, to }), denominator: daysIn(whole) },
          'halfUp',
        );
  return until(days.to) - until(days.from);
}

/** Days of the period that were charged in advance and that the next payer has; `null`: none. */
export function returnedPart(
  prorate: boolean,
  holder: ChargeHolder,
  period: Period,
  chargedThrough: LocalDate,
): Period | null {
  const { days, part } = holder;
  if (!part?.nextPayerFrom || days.to !== part.nextPayerFrom) return null;
  const from = days.to > period.from ? days.to : period.from;
  const to = chargedThrough < period.to ? chargedThrough : period.to;
  if (from >= to) return null;
  const hasPaidDays = heldFrom(holder, period) < from;
  return !prorate && hasPaidDays ? null : { from, to };
}
