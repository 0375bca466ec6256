import type { ChargeModel, UsagePrice } from '@tollkeeper/contracts';
import { parseRate } from '@tollkeeper/money';
import type { Finding } from './finding';

interface Ended {
  upTo: bigint | null;
}

/** Each tier goes on where the one before it ends; the last one never ends, so that no usage is without a price. */
function checkEnds(tiers: readonly Ended[], field: string): Finding[] {
  return tiers.flatMap(({ upTo }, at): Finding[] => {
    const place = `${field}.${at}.upTo`;
    const before = at === 0 ? 0n : tiers[at - 1]!.upTo;
    const isLast = at === tiers.length - 1;
    if (isLast && upTo !== null)
      return [
        { field: place, reason: 'the last tier has no end: write null, so that usage beyond has a price' },
      ];
    if (!isLast && upTo === null)
      return [
        {
          field: place,
          reason: 'only the last tier has no end: say where this one ends, or drop those behind it',
        },
      ];
    if (upTo !== null && before !== null && upTo <= before)
      return [
        {
          field: place,
          reason: `starts before the tier before it ends: must be more than ${textOf(before, tiers, at)}`,
        },
      ];
    return [];
  });
}

const textOf = (before: bigint, tiers: readonly (Ended & { text?: string })[], at: number): string =>
  tiers[at - 1]?.text ?? String(before);

function checkSteps(steps: Extract<ChargeModel, { model: 'steps' }>['steps'], field: string): Finding[] {
  return steps.flatMap(({ from }, at): Finding[] => {
    const place = `${field}.${at}.from`;
    if (at === 0)
      return from === 0
        ? []
        : [{ field: place, reason: 'the first step starts at 0: before it a call has no price' }];
    const before = steps[at - 1]!.from;
    return from > before
      ? []
      : [{ field: place, reason: `must be more than that of the step before it (${before})` }];
  });
}

function checkModel(charge: ChargeModel, field: string): Finding[] {
  switch (charge.model) {
    case 'steps':
      return checkSteps(charge.steps, `${field}.steps`);
    case 'graduated':
    case 'volume':
      return checkEnds(
        charge.tiers.map(({ upTo }) => ({ upTo: upTo === null ? null : BigInt(upTo) })),
        `${field}.tiers`,
      );
    case 'graduatedPercentage':
      return checkEnds(
        charge.tiers.map(({ upTo }) => ({
          upTo: upTo === null ? null : parseRate(upTo),
          text: upTo ?? '',
        })),
        `${field}.tiers`,
      );
    case 'percentage':
      return isBelow(charge.maxPerEvent, charge.minPerEvent)
        ? [{ field: `${field}.maxPerEvent`, reason: `is less than minPerEvent (${charge.minPerEvent})` }]
        : [];
    case 'perUnit':
    case 'package':
    case 'flat':
    case 'passThrough':
      return [];
  }
}

export const isBelow = (limit: string | undefined, least: string | undefined): boolean =>
  limit !== undefined && least !== undefined && parseRate(limit) < parseRate(least);

/** What the shape of a price alone can't tell. */
export const checkPrice = ({ charge, maxCharge, connectFee }: UsagePrice, field: string): Finding[] => [
  ...checkModel(charge, `${field}.charge`),
  ...(isBelow(maxCharge, connectFee)
    ? [{ field: `${field}.maxCharge`, reason: `is less than the connect fee (${connectFee})` }]
    : []),
];
