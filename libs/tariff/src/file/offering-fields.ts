import { z } from 'zod';
import { currencyField, idField, instantField, nameField } from './plain-fields';
import { zoneField } from './rate-entry-fields';

const amountField = z
  .number()
  .int('must be whole minor units (cents)')
  .min(0, 'a price is never negative')
  .max(1_000_000_000_00, 'is not a plausible price');
const taxCodeField = z.string().regex(/^[A-Za-z0-9_.-]{1,40}$/, 'must be a tax code: letters, digits, _ . -');

const recurringCharge = z.strictObject({
  chargeId: idField,
  name: nameField,
  amountMinor: amountField,
  timing: z.enum(['inAdvance', 'inArrears']),
  per: z.enum(['subscription', 'pool']),
  prorate: z.boolean(),
  taxCode: taxCodeField,
  revenueCategory: z.enum(['voice', 'sms', 'data', 'service', 'recurring', 'device', 'fee']),
});

const allowance = z.strictObject({
  allowanceId: idField,
  name: nameField,
  usageType: z.enum(['voice', 'sms', 'data']),
  zones: z.array(zoneField).min(1, 'name the zones that the allowance covers').max(500),
  units: z.number().int('must be whole seconds, messages or bytes').min(1).max(Number.MAX_SAFE_INTEGER),
  priority: z.number().int().min(0).max(1000),
  shared: z.boolean(),
});

/** A version's content; the catalog gives the version number. */
export const offeringFields = z.strictObject({
  offeringId: idField,
  name: nameField,
  currency: currencyField,
  validFrom: instantField,
  deckId: idField,
  recurringCharges: z.array(recurringCharge).max(50),
  allowances: z.array(allowance).max(50),
  usageTaxCode: taxCodeField,
  paidInAdvance: z
    .strictObject({ days: z.number().int().min(1).max(366), amountMinor: amountField })
    .nullable(),
});
