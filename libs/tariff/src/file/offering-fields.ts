import { z } from 'zod';
import { amountField, chargeBasics, frequencyField, taxCodeField } from './charge-fields';
import { commercialFields } from './commercial-fields';
import { currencyField, idField, instantField, nameField } from './plain-fields';
import { zoneField } from './rate-entry-fields';

const recurringCharge = z.strictObject({
  chargeId: idField,
  ...chargeBasics,
  timing: z.enum(['inAdvance', 'inArrears']),
  per: z.enum(['subscription', 'pool']),
  prorate: z.boolean(),
  every: frequencyField.optional(),
  anchor: z.enum(['subscription', 'cycle']).optional(),
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
  ...commercialFields,
});
