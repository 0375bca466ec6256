import { isSupportedCountry } from 'libphonenumber-js';
import { z } from 'zod';
import { instant, isZone } from '@tollkeeper/calendar';
import { currencyField, idField, instantField } from '@tollkeeper/platform';
import { identifierShapes } from '../domain/identifier-shapes';

const line = z.string().trim().min(1).max(120);
const when = instantField.transform(instant);

const identifierFields = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('msisdn'),
    value: identifierShapes.msisdn,
    from: when.optional(),
    to: when.nullish(),
  }),
  z.strictObject({
    kind: z.literal('imsi'),
    value: identifierShapes.imsi,
    from: when.optional(),
    to: when.nullish(),
  }),
  z.strictObject({
    kind: z.literal('iccid'),
    value: identifierShapes.iccid,
    from: when.optional(),
    to: when.nullish(),
  }),
]);

export const subscriptionFields = z.strictObject({
  externalId: idField.nullish(),
  offeringId: idField,
  activeFrom: when,
  /** Subscriptions of an account that name the same pool share their allowances. */
  poolId: idField.nullish(),
  identifiers: z.array(identifierFields).min(1, 'a subscription has at least one identifier').max(20),
});

export const addressFields = z.strictObject({
  lines: z.array(line).min(1).max(4),
  city: line,
  region: z.string().trim().max(120).default(''),
  postalCode: z.string().trim().max(20).default(''),
  country: z.string().refine((code) => isSupportedCountry(code), 'must be an ISO 3166 country such as US'),
});

const zoneField = z.string().refine(isZone, 'must be an IANA time zone such as Europe/Berlin');

const profileFields = {
  email: z.email('must be an e-mail address').max(254),
  language: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'must be a language such as en or pt-BR'),
  address: addressFields,
  cycleId: idField.nullable(),
  termsDays: z.number().int().min(0).max(180),
};

export const accountFields = z.strictObject({
  externalId: idField,
  /** Left out: a customer of the account's name is made along with it. */
  customerId: idField.optional(),
  customerName: line,
  ...profileFields,
  cycleId: profileFields.cycleId.default(null),
  zone: zoneField.optional(),
  currency: currencyField.optional(),
  subscriptions: z.array(subscriptionFields).max(100).default([]),
});

export const accountChangeFields = z.strictObject(profileFields).partial();

export type NewAccount = z.output<typeof accountFields>;
export type NewSubscription = z.output<typeof subscriptionFields>;
export type AccountChange = z.output<typeof accountChangeFields>;
