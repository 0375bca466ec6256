import {
  addDays,
  addDuration,
  daysBetween,
  localDateOf,
  startOfDay,
  type Instant,
} from '@tollkeeper/calendar';
import type { Allowance, SubscriptionProfile } from '@tollkeeper/contracts';
import type { UsagePeriod } from '../guiding/usage-periods';
import {
  allowancesOf,
  holdingsOf,
  overlap,
  type HeldAllowance,
  type Holding,
  type OfferingVersions,
  type Span,
} from './allowance-stretches';
import { compareText } from './grant';

/** What one subscription's plan or add-on brings into a bucket; whose bucket that is, is not said yet. */
export interface Granted extends Span {
  /** `minutes`, `booster#2026-03-05T10:00:00.000Z`: the bucket without its owner. */
  name: string;
  allowance: Allowance;
  units: number;
  currency?: string;
  expiresAt: Instant;
}

/** Everything that a subscription is granted in a period, by start. */
export function grantedTo(
  subscription: SubscriptionProfile,
  offerings: OfferingVersions,
  period: UsagePeriod,
  zone: string,
): Granted[] {
  const held = holdingsOf(subscription).flatMap((holding) => allowancesOf(holding, offerings));
  const names = bucketNames(held);
  const granted = held.flatMap((each) => {
    const name = names.get(each.holding)?.get(each.allowance.allowanceId) ?? each.allowance.allowanceId;
    return grantsOfHeld(each, name, period, zone);
  });
  return withEarlierParts(granted)
    .map(({ held: _, ...grant }) => grant)
    .sort((left, right) => compareText(left.fromAt, right.fromAt));
}

type OfHeld = Granted & { held: HeldAllowance };

function grantsOfHeld(held: HeldAllowance, name: string, period: UsagePeriod, zone: string): OfHeld[] {
  const rule = held.allowance.grant ?? { every: 'period' };
  if ('once' in rule) return boosters(held, rule, name, period, zone);
  return rule.every === 'days'
    ? recurring(held, rule.days, name, period, zone)
    : byPeriod(held, name, period, zone);
}

function byPeriod(held: HeldAllowance, name: string, period: UsagePeriod, zone: string): OfHeld[] {
  const span = overlap(held, period);
  if (!span) return [];
  const units = proratedUnits(held, period, zone);
  return [{ ...span, held, name, allowance: held.allowance, units, ...held.money, expiresAt: period.toAt }];
}

/** Days that the plan has of the period, rounded down: parts of one period never add up to more than the whole. */
function proratedUnits({ allowance, holding }: HeldAllowance, period: UsagePeriod, zone: string): number {
  const { units, prorate } = allowance;
  const fromAt = prorate?.first && holding.fromAt > period.fromAt ? holding.fromAt : period.fromAt;
  const toAt = prorate?.last && holding.toAt < period.toAt ? holding.toAt : period.toAt;
  if (fromAt === period.fromAt && toAt === period.toAt) return units;
  const day = (at: Instant) => localDateOf(at, zone);
  const days = BigInt(daysBetween(day(fromAt), day(toAt)));
  return Number((BigInt(units) * days) / BigInt(daysBetween(day(period.fromAt), day(period.toAt))));
}

/** A plan that ended by days and the next one that began by days share a bucket: it has the parts of both. */
function withEarlierParts(granted: OfHeld[]): OfHeld[] {
  const parts = new Map<string, { holding: Holding; earlier: number; units: number }>();
  return granted.map((grant) => {
    const { prorate, grant: rule } = grant.allowance;
    if (!prorate || (rule && !('every' in rule && rule.every === 'period'))) return grant;
    const { holding } = grant.held;
    const before = parts.get(grant.name);
    const earlier = before?.holding === holding ? before.earlier : prorate.first ? (before?.units ?? 0) : 0;
    const units = grant.units + earlier;
    parts.set(grant.name, { holding, earlier, units: prorate.last ? units : 0 });
    return { ...grant, units };
  });
}

/** Days are the account's calendar days, counted from the day on which the holding began. */
function recurring(
  held: HeldAllowance,
  days: number,
  name: string,
  period: UsagePeriod,
  zone: string,
): OfHeld[] {
  const within = overlap(held, period);
  if (!within) return [];
  const first = localDateOf(held.holding.fromAt, zone);
  const found: OfHeld[] = [];
  const passed = Math.max(0, Math.floor(daysBetween(first, localDateOf(within.fromAt, zone)) / days));
  for (let number = passed; ; number += 1) {
    const day = addDays(first, number * days);
    const window = { fromAt: startOfDay(day, zone), toAt: startOfDay(addDays(day, days), zone) };
    if (window.fromAt >= within.toAt) return found;
    const span = overlap(window, held);
    if (!span) continue;
    const { allowance } = held;
    found.push({
      ...span,
      held,
      name: `${name}#${day}`,
      allowance,
      units: allowance.units,
      ...held.money,
      expiresAt: window.toAt,
    });
  }
}

/** Granted by the version that is in force when it is bought, and usable until it ends, whatever is published later. */
function boosters(
  held: HeldAllowance,
  { days, ends = 'activation' }: { days: number | null; ends?: 'activation' | 'calendar' },
  name: string,
  period: UsagePeriod,
  zone: string,
): OfHeld[] {
  const { holding, allowance } = held;
  const { fromAt } = holding;
  if (held.fromAt !== fromAt || holding.isInherited) return [];
  if (days === null && (fromAt < period.fromAt || fromAt >= period.toAt)) return [];
  const endsAt =
    days === null
      ? period.toAt
      : ends === 'activation'
        ? addDuration(fromAt, { days })
        : startOfDay(addDays(localDateOf(fromAt, zone), days), zone);
  const span = overlap({ fromAt, toAt: endsAt }, holding);
  if (!span || !overlap(span, period)) return [];
  const { units } = allowance;
  return [{ ...span, held, name, allowance, units, ...held.money, expiresAt: span.toAt }];
}

/**
 * A bucket is named by its allowance, a booster's by its purchase too. Where a subscription has an allowance twice at a
 * time (by its plan and an add-on, by two add-ons), the later one is a bucket of its own: `data`, `data#2`.
 */
function bucketNames(held: readonly HeldAllowance[]): Map<Holding, Map<string, string>> {
  const lanes = new Map<string, Holding[][]>();
  const names = new Map<Holding, Map<string, string>>();
  for (const { holding, allowance } of held) {
    const { allowanceId, grant } = allowance;
    const named = names.get(holding) ?? new Map<string, string>();
    names.set(holding, named);
    if (named.has(allowanceId)) continue;
    const name = grant && 'once' in grant ? `${allowanceId}#${holding.fromAt}` : allowanceId;
    const taken = lanes.get(name) ?? [];
    lanes.set(name, taken);
    const free = taken.findIndex((lane) => lane.every((other) => !overlap(other, holding)));
    const lane = free < 0 ? taken.length : free;
    (taken[lane] ??= []).push(holding);
    named.set(allowanceId, lane === 0 ? name : `${name}#${lane + 1}`);
  }
  return names;
}
