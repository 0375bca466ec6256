import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { instant } from '@tollkeeper/calendar';
import { currencyField, idField, instantField, pageQuery } from '@tollkeeper/platform';
import { deckFields, deckZonesFields, offeringFields } from '@tollkeeper/tariff';

export class CreateOffering extends createZodDto(offeringFields) {}
export class AddOfferingVersion extends createZodDto(offeringFields.omit({ offeringId: true })) {}
export class OfferingParams extends createZodDto(z.strictObject({ offeringId: idField })) {}

const version = z.coerce.number().int().min(1).max(1_000_000);
export class OfferingVersionParams extends createZodDto(z.strictObject({ offeringId: idField, version })) {}
export class DeckVersionParams extends createZodDto(z.strictObject({ deckId: idField, version })) {}
export class PublicationParams extends createZodDto(z.strictObject({ publicationId: idField })) {}

export class PageQuery extends createZodDto(pageQuery) {}
export class OfferingsQuery extends createZodDto(pageQuery.extend({ offeringId: idField.optional() })) {}

export class DeckUploadQuery extends createZodDto(
  z.strictObject({
    deckId: idField,
    validFrom: instantField.transform(instant),
    currency: currencyField.optional(),
  }),
) {}
export class DeckZonesBody extends createZodDto(deckZonesFields) {}

export class CatalogImport extends createZodDto(
  z
    .strictObject({ deck: deckFields.optional(), offerings: z.array(offeringFields).max(500) })
    .refine(
      ({ deck, offerings }) => deck !== undefined || offerings.length > 0,
      'the document has neither a deck nor offerings',
    ),
) {}
