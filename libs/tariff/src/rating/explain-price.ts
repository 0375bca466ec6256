import type { ExplainedPart, ExplainedStep } from './explanation';
import type { PricedPart } from './price-for';

interface Range {
  from: number;
  to: number | null;
  rate: string;
  perUnits: number;
}

const inside = (ranges: readonly Range[], from: number, to: number): ExplainedStep[] =>
  ranges.flatMap((range) => {
    const units = Math.min(to, range.to ?? to) - Math.max(from, range.from);
    return units > 0 ? [{ units, rate: range.rate, perUnits: range.perUnits }] : [];
  });

/** Of prices that are more than one rate: which units had which rate, or what else the amount was made from. */
export function explainPrice(
  { price: { terms }, charged, toUnits, record }: PricedPart,
  summedBefore: number,
): Partial<ExplainedPart> {
  switch (terms.model) {
    case 'steps': {
      const ranges = terms.steps.map(({ from, rate, perUnits }, at) => ({
        ...{ from, rate, perUnits },
        to: terms.steps[at + 1]?.from ?? null,
      }));
      return { steps: inside(ranges, toUnits - charged, toUnits) };
    }
    case 'graduated': {
      const ranges = terms.tiers.map(({ upTo, rate, perUnits }, at) => ({
        ...{ rate, perUnits },
        from: terms.tiers[at - 1]?.upTo ?? 0,
        to: at === terms.tiers.length - 1 ? null : upTo,
      }));
      return { steps: inside(ranges, summedBefore, summedBefore + charged) };
    }
    case 'volume': {
      const total = summedBefore + charged;
      const tier = terms.tiers.find(({ upTo }) => upTo === null || total <= upTo) ?? terms.tiers.at(-1)!;
      return { steps: charged === 0 ? [] : [{ units: total, rate: tier.rate, perUnits: tier.perUnits }] };
    }
    case 'package':
      return {
        ...(terms.freeUnits ? { freeUnits: terms.freeUnits } : {}),
        ...(terms.counts === 'full' ? { fullOnly: true } : {}),
      };
    case 'percentage':
      return {
        ...(record.amount === undefined ? {} : { money: record.amount }),
        ...(terms.fixed === undefined ? {} : { fixed: terms.fixed }),
        ...(isBounded(terms) ? { bounded: true } : {}),
      };
    case 'graduatedPercentage':
    case 'passThrough':
      return record.amount === undefined ? {} : { money: record.amount };
    default:
      return {};
  }
}

const isBounded = ({
  freeEvents,
  freeAmount,
  minPerEvent,
  maxPerEvent,
}: {
  freeEvents?: number;
  freeAmount?: string;
  minPerEvent?: string;
  maxPerEvent?: string;
}): boolean => [freeEvents, freeAmount, minPerEvent, maxPerEvent].some((bound) => bound !== undefined);
