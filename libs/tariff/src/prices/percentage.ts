import type { ChargeModel, PercentTier } from '@tollkeeper/contracts';
import { parseRate } from '@tollkeeper/money';
import { type CompiledCharge, type EventsBefore, greaterOf, lesserOf } from './charge';
import { rateUnit, rateUnitsPerMicro } from './exact';

type Percentage = Extract<ChargeModel, { model: 'percentage' }>;

/** A percentage at 10^-12 of money at 10^-12: a hundred whole ones divide it. */
const whole = 100n * rateUnit;
const denominator = rateUnitsPerMicro * whole;

interface FreeEvents {
  events: number | null;
  money: bigint | null;
}

/** An amount or a count of 0 is no grant: it would end the other one at once. */
const freeOf = ({ freeEvents = 0, freeAmount = '0' }: Percentage): FreeEvents => ({
  events: freeEvents > 0 ? freeEvents : null,
  money: parseRate(freeAmount) > 0n ? parseRate(freeAmount) : null,
});

/** How much of this event's money is free: events and money until either grant ends. */
function freePart(free: FreeEvents, before: EventsBefore, money: bigint): bigint {
  if (free.events === null && free.money === null) return 0n;
  if (free.events !== null && before.events >= free.events) return 0n;
  return free.money === null ? money : lesserOf(money, greaterOf(0n, free.money - before.money));
}

/** Of each event's money: percent and fixed part, within a least and a most; a wholly free event costs nothing. */
export function percentageCharge(model: Percentage): CompiledCharge {
  const percent = parseRate(model.percent);
  const fixed = parseRate(model.fixed ?? '0') * whole;
  const least = model.minPerEvent === undefined ? null : parseRate(model.minPerEvent) * whole;
  const most = model.maxPerEvent === undefined ? null : parseRate(model.maxPerEvent) * whole;
  const free = freeOf(model);
  const isFree = (before: EventsBefore, money: bigint): boolean =>
    (free.events !== null || free.money !== null) &&
    (free.events === null || before.events < free.events) &&
    (free.money === null || before.money + money <= free.money);
  const next = (before: EventsBefore, money: bigint): bigint => {
    if (isFree(before, money)) return 0n;
    const amount = percent * (money - freePart(free, before, money)) + fixed;
    const raised = least === null ? amount : greaterOf(amount, least);
    return most === null ? raised : lesserOf(raised, most);
  };
  const remembers = free.events === null && free.money === null ? 'nothing' : 'period';
  return { counts: 'events', remembers, denominator, next };
}

/** Each tier takes its percent of the money inside it; its flat amount is due once it is reached, the first's with the first event. */
export function graduatedPercentageCharge(rows: readonly PercentTier[]): CompiledCharge {
  const tiers = rows.map(({ upTo, percent, flat = '0' }, index) => ({
    from: parseRate(rows[index - 1]?.upTo ?? '0'),
    upTo: upTo === null || index === rows.length - 1 ? null : parseRate(upTo),
    percent: parseRate(percent),
    flat: parseRate(flat) * whole,
  }));
  const of = (money: bigint): bigint => {
    let amount = 0n;
    for (const [index, { from, upTo, percent, flat }] of tiers.entries()) {
      if (index > 0 && money <= from) break;
      amount += ((upTo === null ? money : lesserOf(money, upTo)) - from) * percent + flat;
    }
    return amount;
  };
  const next = (before: EventsBefore, money: bigint): bigint =>
    of(before.money + money) - (before.events === 0 ? 0n : of(before.money));
  return { counts: 'events', remembers: 'scope', denominator, next };
}

/** The same for every event. */
export function flatCharge(amount: string): CompiledCharge {
  const price = parseRate(amount);
  return { counts: 'events', remembers: 'nothing', denominator: rateUnitsPerMicro, next: () => price };
}

/** The record says what it costs. */
export function passThroughCharge(): CompiledCharge {
  return {
    counts: 'events',
    remembers: 'nothing',
    denominator: rateUnitsPerMicro,
    next: (_, money) => money,
  };
}
