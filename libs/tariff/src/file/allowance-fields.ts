import { z } from 'zod';
import { fields, flagField, idField, listOf, nameField, oneOf, wholeField, zoneField } from './plain-fields';
import { dimensionOf, usageTypes } from './quantity';
import { type Counts, inBaseUnits, keptCounts, writtenAmounts } from './quantity-fields';
import { usageMatchFields } from './usage-match-fields';

const mostDays = 3660;

const grantDays = wholeField(1, mostDays);
const grant = z.union(
  [
    fields({ every: z.literal('period') }),
    fields({ every: z.literal('days'), days: grantDays }),
    fields({
      once: z.literal(true),
      days: grantDays.nullable(),
      ends: oneOf(['activation', 'calendar']).optional(),
    }),
  ],
  {
    error:
      'must be { every: period }, { every: days, days: 7 } or { once: true, days: 30 } (days: null ends with the period)',
  },
);

const allowance = <Count extends z.ZodType, FromZero extends z.ZodType>({
  count,
  fromZero,
}: Counts<Count, FromZero>) =>
  fields({
    allowanceId: idField,
    name: nameField,
    usageType: oneOf([...usageTypes, 'money']),
    zones: listOf(zoneField).max(500).describe('Of money: none is anywhere'),
    units: count,
    priority: wholeField(0, 1000),
    shared: flagField,
    when: usageMatchFields.optional(),
    sizedBy: oneOf(['members']).optional(),
    memberCap: z.optional(count),
    limits: listOf(
      fields({
        zones: listOf(zoneField).min(1, 'name the zones that the limit is for').max(500),
        units: count,
      }),
    )
      .min(1, 'leave it out rather than empty')
      .max(20)
      .optional(),
    step: z.optional(count),
    exchange: listOf(fields({ each: fields({ usageType: oneOf(usageTypes), units: count }), takes: count }))
      .min(1, 'leave it out rather than empty')
      .max(6)
      .optional(),
    rollover: fields({
      min: z.optional(fromZero),
      max: z.optional(count),
      periods: wholeField(1, 120),
      use: oneOf(['first', 'last']),
    }).optional(),
    prorate: fields({ first: flagField, last: flagField }).optional(),
    grant: grant.optional(),
    whenUsedUp: oneOf(['charge', 'block', 'throttle']).optional(),
  });

/** Included usage, its quantities in base units or with units. */
export const allowanceFields = inBaseUnits(
  allowance(writtenAmounts),
  allowance(keptCounts).superRefine(({ usageType, zones }, context) => {
    if (zones.length === 0 && usageType !== 'money')
      context.addIssue({
        code: 'custom',
        path: ['zones'],
        message: 'name the zones that the allowance covers',
      });
  }),
  ({ usageType }) => dimensionOf(usageType),
);
