import { prorationUnits } from '@tollkeeper/calendar';
import { restrictedCharges } from '@tollkeeper/contracts';
import { allowanceFields } from './allowance-fields';
import { amountField, chargeBasics, frequencyField, taxCodeField } from './charge-fields';
import { commercialFields } from './commercial-fields';
import {
  currencyField,
  fields,
  flagField,
  idField,
  instantField,
  listOf,
  nameField,
  oneOf,
  wholeField,
} from './plain-fields';
import { usagePriceRuleFields } from './usage-price-fields';

const proration = fields({
  unit: oneOf(prorationUnits).optional(),
  firstDay: flagField.optional(),
  lastDay: flagField.optional(),
  refundUnused: flagField.optional(),
});

const recurringCharge = fields({
  chargeId: idField,
  ...chargeBasics,
  timing: oneOf(['inAdvance', 'inArrears']),
  per: oneOf(['subscription', 'pool']),
  prorate: flagField,
  prorateStart: flagField.optional(),
  prorateEnd: flagField.optional(),
  every: frequencyField.optional(),
  anchor: oneOf(['subscription', 'cycle', 'service']).optional(),
  proration: proration.optional(),
  trialDays: wholeField(0, 366).optional(),
  whileRestricted: fields({
    paused: oneOf(restrictedCharges).optional(),
    suspended: oneOf(restrictedCharges).optional(),
    barred: oneOf(restrictedCharges).optional(),
  }).optional(),
});

/** A version's content; the catalog gives the version number. */
export const offeringFields = fields({
  offeringId: idField,
  name: nameField,
  currency: currencyField,
  validFrom: instantField,
  deckId: idField,
  recurringCharges: listOf(recurringCharge).max(50).default([]),
  allowances: listOf(allowanceFields).max(50).default([]),
  usagePrices: listOf(usagePriceRuleFields).max(500).optional(),
  usageTaxCode: taxCodeField,
  paidInAdvance: fields({ days: wholeField(1, 366), amountMinor: amountField })
    .nullable()
    .default(null),
  ...commercialFields,
});
