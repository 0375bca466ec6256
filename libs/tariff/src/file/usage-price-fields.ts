import { z } from 'zod';
import { aggregations, distinctBy, type UsageType } from '@tollkeeper/contracts';
import {
  fields,
  idField,
  listOf,
  nameField,
  oneOf,
  percentField,
  priceField,
  wholeField,
} from './plain-fields';
import { type Dimension, dimensionOf } from './quantity';
import { type Counts, inBaseUnits, keptCounts, writtenCounts } from './quantity-fields';
import { decimalsField, roundAtField, roundingField } from './rate-entry-fields';
import { usageMatchFields } from './usage-match-fields';

const mostTiers = 100;

const chargeModel = <Count extends z.ZodType, FromZero extends z.ZodType>({
  count,
  fromZero,
}: Counts<Count, FromZero>) => {
  const tiers = listOf(
    fields({
      upTo: z.nullable(count),
      rate: priceField,
      perUnits: count,
      flat: priceField.optional(),
      block: z.optional(count),
    }),
  );
  const someTiers = tiers.min(1, 'must have at least one tier').max(mostTiers);
  const step = fields({ from: fromZero, rate: priceField, perUnits: count, increment: count });
  const percentTier = fields({
    upTo: priceField.nullable(),
    percent: percentField,
    flat: priceField.optional(),
  });
  const models = [
    fields({ model: z.literal('perUnit'), rate: priceField, perUnits: count }),
    fields({
      model: z.literal('steps'),
      steps: listOf(step).min(1, 'must have at least one step').max(mostTiers),
    }),
    fields({
      model: z.literal('package'),
      size: count,
      amount: priceField,
      freeUnits: z.optional(fromZero),
      counts: oneOf(['started', 'full']).optional(),
    }),
    fields({ model: z.literal('graduated'), tiers: someTiers }),
    fields({ model: z.literal('volume'), tiers: someTiers }),
    fields({
      model: z.literal('percentage'),
      percent: percentField,
      fixed: priceField.optional(),
      freeEvents: wholeField(0, 1_000_000_000).optional(),
      freeAmount: priceField.optional(),
      minPerEvent: priceField.optional(),
      maxPerEvent: priceField.optional(),
    }),
    fields({
      model: z.literal('graduatedPercentage'),
      tiers: listOf(percentTier).min(1, 'must have at least one tier').max(mostTiers),
    }),
    fields({ model: z.literal('flat'), amount: priceField }),
    fields({ model: z.literal('passThrough') }),
  ] as const;
  const names = models.map(({ shape }) => shape.model.value).join(', ');
  return z.discriminatedUnion('model', models, {
    error: ({ input }) => (input === undefined ? 'is missing' : `must have a model: one of ${names}`),
  });
};

const usagePrice = <Count extends z.ZodType, FromZero extends z.ZodType>(counts: Counts<Count, FromZero>) =>
  fields({
    charge: chargeModel(counts),
    aggregation: oneOf(aggregations).optional(),
    distinct: oneOf(distinctBy).optional(),
    connectFee: priceField.optional(),
    initialIncrement: z.optional(counts.count),
    nextIncrement: z.optional(counts.count),
    roundAt: roundAtField.optional(),
    rounding: roundingField.optional(),
    decimals: decimalsField.optional(),
    maxCharge: priceField.optional(),
  });

const usagePriceRule = <Count extends z.ZodType, FromZero extends z.ZodType>(
  counts: Counts<Count, FromZero>,
) => fields({ priceId: idField, name: nameField, when: usageMatchFields, price: usagePrice(counts) });

/** Seconds, bytes or messages: `null` where the price is for usage that is counted in different ways. */
function dimensionOfAll(usageTypes: readonly UsageType[] | undefined): Dimension | null {
  const dimensions = new Set((usageTypes ?? []).map(dimensionOf));
  return dimensions.size === 1 ? [...dimensions][0]! : null;
}

/** A price of the plan's own, its quantities in base units or with units. */
export const usagePriceRuleFields = inBaseUnits(
  usagePriceRule(writtenCounts),
  usagePriceRule(keptCounts),
  ({ when }) => dimensionOfAll(when.usageTypes),
);
