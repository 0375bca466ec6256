import { addDays, localDateOf, type LocalDate, type Period, startOfDay } from '@tollkeeper/calendar';
import type { RecurringCharge, RestrictedCharge } from '@tollkeeper/contracts';
import { type ChargeHolder, farAway } from './charge-holders';
import { secondsUntil } from './prorate';

const longAgo: LocalDate = '0001-01-01';

export type Rules = Partial<Pick<RecurringCharge, 'proration' | 'trialDays' | 'whileRestricted'>>;

/** The days that a charge is asked for: from the end of the trial, without the stretches that its plan leaves free. */
export function chargedDays(charge: Rules, holder: ChargeHolder, zone: string): Period[] {
  const from = firstCharged(charge, holder);
  const to = endOf(charge, holder, zone);
  if (from >= to || holder.undone) return [];
  return without([{ from, to }], freeStretches(charge, holder, ['stop', 'credit'], zone));
}

/** The days for which what was billed is kept, over all the times that one has held the same plan. */
export function keptDays(charge: Rules, holders: readonly ChargeHolder[], zone: string): Period[] {
  if (holders[0]?.undone) return [];
  return holders.flatMap((holder, at) => {
    const next = holders[at + 1];
    const from = at === 0 ? longAgo : holder.days.from;
    const refunds = charge.proration?.refundUnused === true || holder.part?.nextPayerFrom === holder.days.to;
    const to = refunds ? endOf(charge, holder, zone) : (next?.days.from ?? farAway);
    return from < to ? without([{ from, to }], freeStretches(charge, holder, ['credit'], zone)) : [];
  });
}

/** Days between that nothing covers. */
export function uncovered(between: Period, covered: readonly Period[]): Period[] {
  return between.from < between.to ? without([between], covered) : [];
}

function firstCharged({ proration, trialDays = 0 }: Rules, { days, servedFrom }: ChargeHolder): LocalDate {
  const begins = servedFrom ?? days.from;
  const first = proration?.firstDay === false && begins === days.from ? addDays(days.from, 1) : days.from;
  const trialEnd = trialDays > 0 ? addDays(begins, trialDays) : first;
  return trialEnd > first ? trialEnd : first;
}

/** The first day that is not charged any more. */
export function endOf({ proration }: Rules, holder: ChargeHolder, zone: string): LocalDate {
  const { days, endsAt } = holder;
  if (proration?.unit === 'second') return secondsUntil(holder, zone);
  if (!proration?.lastDay || !endsAt) return days.to;
  return startOfDay(days.to, zone) === endsAt ? days.to : addDays(days.to, 1);
}

function freeStretches(
  { whileRestricted = {} }: Rules,
  { restrictions = [] }: ChargeHolder,
  effects: RestrictedCharge[],
  zone: string,
): Period[] {
  return restrictions
    .filter(({ kind }) => effects.includes(whileRestricted[kind] ?? 'charge'))
    .map(({ from, to }) => ({
      from: localDateOf(from, zone),
      to: to === null ? farAway : localDateOf(to, zone),
    }))
    .filter(({ from, to }) => from < to);
}

const without = (all: readonly Period[], holes: readonly Period[]): Period[] =>
  holes.reduce<Period[]>((left, hole) => left.flatMap((each) => cut(each, hole)), [...all]);

function cut(each: Period, hole: Period): Period[] {
  if (hole.to <= each.from || each.to <= hole.from) return [each];
  return [
    { from: each.from, to: hole.from },
    { from: hole.to, to: each.to },
  ].filter(({ from, to }) => from < to);
}
