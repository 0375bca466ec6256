import type { LocalDate, Period } from '@tollkeeper/calendar';
import type { ChargeHolder } from './charge-holders';

/** First day of the charge's period on which the plan was held, whoever paid. */
export const heldFrom = ({ part, days }: ChargeHolder, period: Period): LocalDate => {
  const planFrom = part?.planFrom ?? days.from;
  return planFrom > period.from ? planFrom : period.from;
};

/** A charge that is not prorated is paid once in a period: by whoever has the plan's first day in it. */
export const isPaidBefore = (holder: ChargeHolder, period: Period): boolean =>
  holder.part !== undefined && heldFrom(holder, period) < holder.days.from;

/** Of days that are given back, those of a period; `null`: none. What is charged as a whole is given back as a whole. */
export function returnedPart(
  prorate: boolean,
  holder: ChargeHolder,
  period: Period,
  unused: Period,
): Period | null {
  const from = unused.from > period.from ? unused.from : period.from;
  const to = unused.to < period.to ? unused.to : period.to;
  if (from >= to) return null;
  const hasPaidDays = heldFrom(holder, period) < from;
  return !prorate && hasPaidDays ? null : { from, to };
}
