import { currencyField } from '@tollkeeper/platform';
import { z } from 'zod';

/** What a person bills, credits or posts: above nothing, at most ten milliards of a currency with cents. */
export const amountField = z.strictObject({
  minor: z.number().int('must be whole minor units (cents)').min(1, 'must be above 0').max(1_000_000_000_000),
  currency: currencyField,
});
