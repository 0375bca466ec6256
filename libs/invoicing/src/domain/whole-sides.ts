import { addDays, type LocalDate, type Period } from '@tollkeeper/calendar';
import type { RecurringCharge } from '@tollkeeper/contracts';
import { type ChargeHolder, farAway } from './charge-holders';
import { endOf } from './charged-days';

type Sided = Pick<RecurringCharge, 'prorate' | 'prorateStart' | 'prorateEnd' | 'proration'>;

const startsWhole = ({ prorate, prorateStart }: Sided): boolean => prorate && prorateStart === false;
const endsWhole = ({ prorate, prorateEnd }: Sided): boolean => prorate && prorateEnd === false;

/** A day on which the subscription got the offering: no end of a trial or a pause, no change of payer. */
const isStart = (on: LocalDate, { proration }: Sided, { days, part }: ChargeHolder): boolean =>
  (part === undefined || part.planFrom === days.from) &&
  (on === days.from || (proration?.firstDay === false && on === addDays(days.from, 1)));

/** From where a part of a period is counted: its start is charged whole, but for days that were billed before. */
export function countedFrom(
  charge: Sided,
  holder: ChargeHolder,
  from: LocalDate,
  whole: Period,
  billedTo: LocalDate | undefined,
): LocalDate {
  if (!startsWhole(charge) || !isStart(from, charge, holder)) return from;
  return billedTo !== undefined && billedTo > whole.from && billedTo < from ? billedTo : whole.from;
}

/** Up to where a period in which the offering ends is charged. */
export function chargedTo(
  charge: Sided,
  holder: ChargeHolder,
  to: LocalDate,
  whole: Period,
  zone: string,
): LocalDate {
  const isEnd = to !== farAway && to < whole.to && to === endOf(charge, holder, zone);
  return isEnd && endsWhole(charge) && holder.part?.nextPayerFrom !== holder.days.to ? whole.to : to;
}

/** The day from which a period's sums run, so that its parts add up to the whole. */
export const sumsFrom = (charge: Sided, whole: Period, firstDay: LocalDate): LocalDate =>
  startsWhole(charge) ? whole.from : firstDay;

/** Where seconds are counted, a side that is charged whole has no hour. */
export function measuredHolder(charge: Sided, holder: ChargeHolder): ChargeHolder {
  if (charge.proration?.unit !== 'second') return holder;
  const { fromAt, toAt, ...days } = holder;
  return {
    ...days,
    ...(fromAt === undefined || startsWhole(charge) ? {} : { fromAt }),
    ...(toAt === undefined || endsWhole(charge) ? {} : { toAt }),
  };
}
