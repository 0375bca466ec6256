import type { PriceTier } from '@tollkeeper/contracts';
import { parseRate } from '@tollkeeper/money';
import { greaterOf, lesserOf } from './charge';
import { exact, type Exact, plus, rateUnit, rateUnitsPerMicro, zero } from './exact';

/** Units that came or went, and what is left of them by days; decimal strings. */
export interface ProratedEvent {
  full: string;
  prorated: string;
}

/**
 * Tiers are reached by the full units, the price is that of the prorated ones: an event that straddles an edge is split in
 * proportion. A tier once reached keeps its flat amount; the sum is never below zero. In micro, exact.
 */
export function proratedGraduated(rows: readonly PriceTier[], events: readonly ProratedEvent[]): Exact {
  let amount = zero;
  let total = 0n;
  let reached = 0;
  for (const event of events) {
    const full = parseRate(event.full);
    const [low, high] = full < 0n ? [total + full, total] : [total, total + full];
    for (const [index, row] of rows.entries()) {
      const from = BigInt(rows[index - 1]?.upTo ?? 0) * rateUnit;
      const upTo = row.upTo === null || index === rows.length - 1 ? null : BigInt(row.upTo) * rateUnit;
      // what goes below nothing is priced like the first units
      const lowest = index === 0 ? low : greaterOf(low, from);
      const inside = (upTo === null ? high : lesserOf(high, upTo)) - lowest;
      if (inside <= 0n) continue;
      amount = plus(amount, priceOf(row, inside, full, parseRate(event.prorated)));
      if (index >= reached) amount = plus(amount, exact(parseRate(row.flat ?? '0'), rateUnitsPerMicro));
      reached = Math.max(reached, index + 1);
    }
    total += full;
  }
  return amount.numerator < 0n ? zero : amount;
}

/** The tier that holds the full units prices the prorated ones; its flat amount is due whole. In micro, exact. */
export function proratedVolume(rows: readonly PriceTier[], { full, prorated }: ProratedEvent): Exact {
  const units = parseRate(full);
  const row = rows.find(({ upTo }) => upTo === null || units <= BigInt(upTo) * rateUnit) ?? rows.at(-1);
  if (row === undefined || units <= 0n) return zero;
  return plus(
    exact(parseRate(row.rate) * parseRate(prorated), BigInt(row.perUnits) * rateUnit * rateUnitsPerMicro),
    exact(parseRate(row.flat ?? '0'), rateUnitsPerMicro),
  );
}

const priceOf = ({ rate, perUnits }: PriceTier, inside: bigint, full: bigint, prorated: bigint): Exact =>
  exact(
    parseRate(rate) * prorated * inside,
    (full < 0n ? -full : full) * BigInt(perUnits) * rateUnit * rateUnitsPerMicro,
  );
