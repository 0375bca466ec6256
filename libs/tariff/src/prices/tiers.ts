import type { PriceTier } from '@tollkeeper/contracts';
import { parseRate } from '@tollkeeper/money';
import { type CompiledCharge, lesserOf, mirrored, started } from './charge';
import { leastCommonMultiple, rateUnitsPerMicro } from './exact';

interface CompiledTier {
  /** Behind this. */
  from: bigint;
  /** `null` for the last one, which has no end even where its row names one. */
  upTo: bigint | null;
  perUnit: bigint;
  flat: bigint;
  /** 1n: by the unit. */
  block: bigint;
}

interface TierTable {
  denominator: bigint;
  tiers: CompiledTier[];
}

function tierTable(tiers: readonly PriceTier[]): TierTable {
  const common = leastCommonMultiple(tiers.map(({ perUnits }) => BigInt(perUnits)));
  return {
    denominator: rateUnitsPerMicro * common,
    tiers: tiers.map(({ upTo, rate, perUnits, flat = '0', block = 1 }, index) => ({
      from: BigInt(tiers[index - 1]?.upTo ?? 0),
      upTo: upTo === null || index === tiers.length - 1 ? null : BigInt(upTo),
      perUnit: parseRate(rate) * (common / BigInt(perUnits)),
      flat: parseRate(flat) * common,
      block: BigInt(block),
    })),
  };
}

const priced = ({ perUnit, block, flat }: CompiledTier, units: bigint): bigint =>
  started(units, block) * block * perUnit + flat;

/** Every tier prices the units inside it; its flat amount is due once, when it is reached. */
function graduated(tiers: readonly CompiledTier[], units: bigint): bigint {
  let amount = 0n;
  for (const tier of tiers) {
    if (units <= tier.from) break;
    amount += priced(tier, (tier.upTo === null ? units : lesserOf(units, tier.upTo)) - tier.from);
  }
  return amount;
}

/** The tier that holds the total prices all of it. */
function volume(tiers: readonly CompiledTier[], units: bigint): bigint {
  const tier = tiers.find(({ upTo }) => upTo === null || units <= upTo);
  return units === 0n || !tier ? 0n : priced(tier, units);
}

export function graduatedCharge(rows: readonly PriceTier[]): CompiledCharge {
  const { denominator, tiers } = tierTable(rows);
  return {
    counts: 'sum',
    denominator,
    of: (units) => mirrored(units, (positive) => graduated(tiers, positive)),
  };
}

export function volumeCharge(rows: readonly PriceTier[]): CompiledCharge {
  const { denominator, tiers } = tierTable(rows);
  return {
    counts: 'sum',
    denominator,
    of: (units) => mirrored(units, (positive) => volume(tiers, positive)),
  };
}

/** What each tier adds when the total goes from one quantity to a greater one; exact, over the one denominator. */
export function graduatedParts(
  rows: readonly PriceTier[],
  from: number,
  to: number,
): { denominator: bigint; parts: bigint[] } {
  const { denominator, tiers } = tierTable(rows);
  const inside = (units: bigint) => (tier: CompiledTier) =>
    units <= tier.from
      ? 0n
      : priced(tier, (tier.upTo === null ? units : lesserOf(units, tier.upTo)) - tier.from);
  const before = tiers.map(inside(BigInt(from)));
  return { denominator, parts: tiers.map(inside(BigInt(to))).map((part, index) => part - before[index]!) };
}
