import type { z } from 'zod';
import type { RateEntry } from '@tollkeeper/contracts';
import { prefixFault } from '../deck/destination';
import { fields, idField, oneOf, priceField, textField, wholeField, zoneField } from './plain-fields';
import { dimensionOf, usageTypes } from './quantity';
import { countField, inBaseUnits, quantityField } from './quantity-fields';

export const usageTypeField = oneOf(usageTypes);
export const roundAtField = oneOf(['record', 'session', 'day', 'line']);
export const roundingField = oneOf(['halfUp', 'halfEven', 'up', 'down']);
export const decimalsField = wholeField(0, 6);
export const bandField = idField.describe('A time band of the deck’s calendar');

const rateEntryShape = <Count extends z.ZodType>(count: Count) =>
  fields({
    prefix: textField('49').max(80, 'must be at most 80 characters'),
    usageType: usageTypeField,
    servingZone: zoneField,
    zone: zoneField,
    description: textField('Calls to Germany')
      .trim()
      .min(1, 'says what the customer reads on the bill')
      .max(200, 'must be at most 200 characters'),
    connectFee: priceField,
    rate: priceField,
    perUnits: count,
    initialIncrement: count,
    nextIncrement: count,
    roundAt: roundAtField,
    rounding: roundingField,
    band: bandField.optional(),
    maxCharge: priceField.optional(),
    decimals: decimalsField.optional(),
  });

/** One row of a rate deck in base units, as a line of CSV has it. */
export const keptRateEntry = rateEntryShape(countField).superRefine((entry, context) => {
  const reason = prefixFault(entry);
  if (reason) context.addIssue({ code: 'custom', path: ['prefix'], message: reason });
});

/** One row of a rate deck, its quantities in base units or with units. */
export const rateEntryFields = inBaseUnits(rateEntryShape(quantityField), keptRateEntry, ({ usageType }) =>
  dimensionOf(usageType),
);

export const rateEntryColumns = Object.keys(keptRateEntry.shape) as (keyof RateEntry)[];

/** Two rows with one key would be two prices for one call. */
export const entryKey = ({ usageType, servingZone, prefix, band }: z.output<typeof keptRateEntry>): string =>
  `${usageType}/${servingZone}/${prefix}${band === undefined ? '' : `/${band}`}`;
