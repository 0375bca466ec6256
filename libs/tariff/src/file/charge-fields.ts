import { z } from 'zod';
import { revenueCategories } from '@tollkeeper/contracts';
import { fields, nameField, oneOf, otherwise, textField, wholeField } from './plain-fields';

export const amountField = z
  .number(otherwise('must be whole minor units (cents)'))
  .int('must be whole minor units (cents)')
  .min(0, 'a price is never negative')
  .max(1_000_000_000_00, 'is not a plausible price');
export const taxCodeField = textField('telecom').regex(
  /^[A-Za-z0-9_.-]{1,40}$/,
  'must be a tax code: letters, digits, _ . -',
);
export const revenueCategoryField = oneOf(revenueCategories);

/** What every charge has. */
export const chargeBasics = {
  name: nameField,
  amountMinor: amountField,
  taxCode: taxCodeField,
  revenueCategory: revenueCategoryField,
};

/** The longest period of a charge: ten years. */
const longest = { day: 3660, week: 520, month: 120, quarter: 40, year: 10 } as const;

export const frequencyField = fields({
  unit: oneOf(['day', 'week', 'month', 'quarter', 'year']),
  count: wholeField(1, longest.day),
}).refine(({ unit, count }) => count <= longest[unit], {
  path: ['count'],
  message: 'a charge comes at least once in ten years',
});
