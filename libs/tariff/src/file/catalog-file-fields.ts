import { z } from 'zod';
import { deckZonesFields } from './deck-fields';
import { offeringFields } from './offering-fields';
import { currencyField, fields, idField, instantField, listOf, textField } from './plain-fields';
import { rateEntryFields } from './rate-entry-fields';
import { subscriberFields } from './subscriber-fields';

/** A version of a deck: its rows here, or in a CSV file beside the document. */
export const fileDeckFields = fields({
  deckId: idField,
  currency: currencyField,
  validFrom: instantField,
  ...deckZonesFields.shape,
  entries: listOf(rateEntryFields)
    .min(1, 'a deck without rates prices nothing')
    .max(5000, 'write larger decks as CSV and name the file: entriesFile')
    .optional(),
  entriesFile: textField('deck.csv')
    .regex(/^[^/\\\0][^\\\0]{0,254}$/, 'must be the name of a CSV file beside this one, such as "deck.csv"')
    .optional(),
}).superRefine(({ entries, entriesFile }, context) => {
  if (entries === undefined && entriesFile === undefined)
    context.addIssue({
      code: 'custom',
      path: ['entries'],
      message: 'is missing: rows here, or entriesFile with a CSV file',
    });
  if (entries !== undefined && entriesFile !== undefined)
    context.addIssue({
      code: 'custom',
      path: ['entriesFile'],
      message: 'entries are there already: leave one of the two',
    });
});

/** A whole tariff in one document, so that it can be tested and sold from a file. */
export const catalogFileFields = fields({
  $schema: z.string().optional(),
  decks: listOf(fileDeckFields).min(1, 'a catalog without a deck prices nothing').max(1000),
  offerings: listOf(offeringFields).min(1, 'a catalog without an offering sells nothing').max(5000),
  subscribers: listOf(subscriberFields)
    .min(1, 'must have at least one: leave it out for one subscription per number')
    .max(100_000)
    .optional(),
});

export type CatalogDocument = z.output<typeof catalogFileFields>;
export type FileDeck = CatalogDocument['decks'][number];

/** The file format for editors and other tools; what it can't say (`checkCatalogFile`) the command checks besides. */
export const catalogFileSchema = (): object => ({
  $id: 'https://tollkeeper.example/catalog.schema.json',
  title: 'Tollkeeper catalog file',
  ...z.toJSONSchema(catalogFileFields, { io: 'input' }),
});
