import { z } from 'zod';
import { currencyField, idField, instantField } from './plain-fields';
import { rateEntryFields, zoneField } from './rate-entry-fields';

const servingZoneEntry = z.strictObject({
  network: z.string().regex(/^\d{3}(\d{2,3})?$/, 'must be an MCC (3 digits) or MCC and MNC (5 or 6 digits)'),
  servingZone: zoneField,
});

export const deckZonesFields = z.strictObject({
  servingZones: z.array(servingZoneEntry).min(1).max(3000),
  freeNumbers: z.array(z.string().regex(/^\d{2,15}$/, 'must be 2 to 15 digits')).max(500),
});

/** A deck as one JSON document; larger ones come as CSV. */
export const deckFields = deckZonesFields.extend({
  deckId: idField,
  currency: currencyField,
  validFrom: instantField,
  entries: z
    .array(rateEntryFields)
    .min(1, 'a deck without rates prices nothing')
    .max(5000, 'send larger decks as CSV'),
});

export type DeckDocument = z.output<typeof deckFields>;
export type DeckZones = z.output<typeof deckZonesFields>;
