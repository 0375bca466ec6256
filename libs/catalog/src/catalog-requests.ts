import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { instant } from '@tollkeeper/calendar';
import { currencyField, idField, instantField, pageQuery, reasonField } from '@tollkeeper/platform';
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

/** Rows here, or those of a draft that was sent as CSV. */
const importedDeck = deckFields
  .extend({
    entries: deckFields.shape.entries.optional(),
    entriesOfDraft: version.optional().describe('Version of a draft that was sent as CSV'),
  })
  .refine(({ entries, entriesOfDraft }) => (entries === undefined) !== (entriesOfDraft === undefined), {
    path: ['entries'],
    message: 'rows here, or entriesOfDraft with the version of a draft that was sent as CSV: one of the two',
  });

/** `$schema` is for editors, `subscribers` for tests of the file: neither is of the catalog. */
export const catalogDocumentFields = z
  .strictObject({
    $schema: z.string().optional(),
    deck: deckFields.optional(),
    decks: z.array(importedDeck).max(100).optional(),
    offerings: z.array(offeringFields).max(500),
    subscribers: z.unknown().optional(),
  })
  .refine(({ deck, decks }) => deck === undefined || decks === undefined, {
    path: ['deck'],
    message: 'the document has `decks` too: put it there',
  })
  .refine(
    ({ deck, decks = [], offerings }) => deck !== undefined || decks.length > 0 || offerings.length > 0,
    'the document has neither a deck nor offerings',
  );
export class CatalogImport extends createZodDto(catalogDocumentFields) {}
export class ImportQuery extends createZodDto(
  z.strictObject({ mode: z.enum(['publish', 'draft', 'validate']).default('publish') }),
) {}

export class ExportQuery extends createZodDto(
  z.strictObject({
    offeringId: z
      .union([idField, z.array(idField).max(500)])
      .optional()
      .describe('Left out: all; may be given more than once'),
    decks: z.enum(['true', 'false']).default('true'),
    format: z.enum(['json', 'yaml']).default('json'),
  }),
) {}

export class CloneOffering extends createZodDto(
  z.strictObject({
    offeringId: idField,
    name: z.string().trim().min(1).max(120).optional(),
    validFrom: instantField.transform(instant).optional(),
  }),
) {}
export class DiffQuery extends createZodDto(
  z.strictObject({
    withOfferingId: idField.optional().describe('Left out: another version of the same offering'),
    withVersion: version.optional().describe('Left out: the version before; of the first one, itself'),
  }),
) {}
export class RetireOffering extends createZodDto(
  z.strictObject({ salesEndAt: instantField.transform(instant).optional(), reason: reasonField }),
) {}
export class BecauseOf extends createZodDto(z.strictObject({ reason: reasonField })) {}
