import { z } from 'zod';
import {
  currencyField,
  digitsField,
  fields,
  idField,
  instantField,
  listOf,
  localDateField,
  localTimeField,
  networkField,
  oneOf,
  textField,
  timeZoneField,
  wholeField,
  zoneField,
} from './plain-fields';
import { bandField, rateEntryFields } from './rate-entry-fields';

const servingZoneEntry = fields({ network: networkField, servingZone: zoneField });
const shortNumber = digitsField(2, 15, 'must be 2 to 15 digits');

const bandDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'holiday'] as const;
const timeBand = fields({
  band: bandField,
  days: listOf(oneOf(bandDays)).min(1, 'name the days of the band').max(8),
  from: localTimeField,
  to: localTimeField,
  months: listOf(wholeField(1, 12)).min(1, 'leave it out rather than empty').max(12).optional(),
  monthDays: listOf(wholeField(1, 31)).min(1, 'leave it out rather than empty').max(31).optional(),
  during: fields({ from: localDateField, to: localDateField }).optional(),
});

const calendarFields = fields({
  zone: z.union([z.literal('account'), timeZoneField], {
    error:
      'must be a time zone by its IANA name, such as "Europe/Berlin", or "account" for the account’s own',
  }),
  holidays: listOf(localDateField).max(1000),
  bands: listOf(timeBand).min(1, 'must have at least one band').max(200),
  crossing: oneOf(['split', 'byStart']),
});

/** Routing numbers of some countries have letters up to F. */
const routingNumber = textField('D0490').regex(/^[0-9A-F]{1,20}$/, 'must be 1 to 20 digits (0-9, A-F)');

const eeaFields = fields({
  homeCountry: textField('DE').regex(/^[A-Z]{2}$/, 'must be an ISO 3166 country such as DE'),
  perEuro: textField('11.05')
    .regex(/^\d{1,9}(\.\d{1,12})?$/, 'must be a plain decimal such as "11.05"')
    .optional(),
  specialZones: listOf(zoneField).max(100).optional(),
});

export const deckZonesFields = fields({
  servingZones: listOf(servingZoneEntry).min(1, 'name the networks of at least one serving zone').max(3000),
  freeNumbers: listOf(shortNumber).max(500).default([]),
  emergencyNumbers: listOf(
    fields({
      mcc: digitsField(3, 3, 'must be an MCC: 3 digits'),
      numbers: listOf(shortNumber).min(1, 'name at least one number').max(50),
    }),
  )
    .max(300)
    .optional(),
  ownRoutingNumbers: listOf(routingNumber).max(500).optional(),
  calendar: calendarFields.optional(),
  eea: eeaFields.optional(),
});

/** A deck as one document; larger ones come as CSV. */
export const deckFields = fields({
  ...deckZonesFields.shape,
  deckId: idField,
  currency: currencyField,
  validFrom: instantField,
  entries: listOf(rateEntryFields)
    .min(1, 'a deck without rates prices nothing')
    .max(5000, 'send larger decks as CSV'),
});

export type DeckZones = z.output<typeof deckZonesFields>;
