import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { deckZonesFields, offeringFields } from '@tollkeeper/tariff';
import type { OfferingRow } from './offerings/offering.schema';
import type { PublicationRow } from './publications/publication.schema';
import { deckVersionOf, type RateDeckRow } from './decks/rate-deck.schema';

const state = z.object({
  id: z.string(),
  version: z.number().int(),
  state: z.enum(['draft', 'published', 'withdrawn']),
  publicationId: z.string().nullable(),
  createdAt: z.string(),
  publishedAt: z.string().nullable(),
  inForceAt: z.string().nullable().describe('When rating, invoicing and customers had all acknowledged it'),
});
const offering = state.extend({ ...offeringFields.shape, validFrom: z.string() });
const deck = state.extend({
  ...deckZonesFields.shape,
  deckId: z.string(),
  currency: z.string(),
  validFrom: z.string(),
  rates: z.number().int().describe('Number of rows'),
  zones: z.array(z.string()),
});
const publication = z.object({
  id: z.string(),
  kind: z.enum(['offering', 'deck']),
  publishedAt: z.string(),
  inForceAt: z.string().nullable(),
});
const imported = z.object({
  kind: z.enum(['offering', 'deck']),
  name: z.string(),
  version: z.number().int(),
  publicationId: z.string().nullable().describe('Null: a draft, or only looked at'),
});
const difference = z.object({
  field: z.string().describe('Members of lists go by their own id: `recurringCharges.monthly.amountMinor`'),
  change: z.enum(['added', 'removed', 'changed']),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  text: z.string().describe('For a person who reviews it'),
});
const finding = z.object({ field: z.string(), reason: z.string() });
const sales = z.object({ offeringId: z.string(), salesEndAt: z.string().nullable() });
const coming = z.object({
  at: z.string(),
  what: z.enum(['version', 'deck', 'price', 'salesBegin', 'salesEnd']),
  name: z.string(),
  version: z.number().int().nullable(),
  text: z.string(),
});

const pageShape = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), hasMore: z.boolean() });

export class OfferingView extends createZodDto(offering) {}
export class OfferingPage extends createZodDto(pageShape(offering)) {}
export class RateDeckView extends createZodDto(deck) {}
export class RateDeckPage extends createZodDto(pageShape(deck)) {}
export class PublicationView extends createZodDto(publication) {}
export class PublicationPage extends createZodDto(pageShape(publication)) {}
export class ImportedCatalog extends createZodDto(
  z.object({ published: z.array(imported).describe('Also drafts, and what would be published') }),
) {}

export class DifferencesView extends createZodDto(z.object({ data: z.array(difference) })) {}
export class ValidationView extends createZodDto(
  z.object({
    valid: z.boolean(),
    findings: z.array(finding),
    changes: z
      .array(difference)
      .nullable()
      .describe('Against the newest published version; null: there is none'),
  }),
) {}
export class OfferingSalesView extends createZodDto(sales) {}
export class ScheduleView extends createZodDto(z.object({ data: z.array(coming) })) {}

const stateOf = ({
  _id,
  version,
  state,
  publicationId,
  createdAt,
  publishedAt,
  inForceAt,
}: OfferingRow | RateDeckRow) => ({
  id: _id,
  version,
  state,
  publicationId,
  createdAt,
  publishedAt,
  inForceAt,
});

export const offeringView = (row: OfferingRow) => ({ ...row.offering, ...stateOf(row) });

export const rateDeckView = (row: RateDeckRow) => ({
  ...deckVersionOf(row),
  ...stateOf(row),
  rates: row.entries.count,
  zones: row.index.zones,
});

export const publicationView = ({ _id, kind, publishedAt, inForceAt }: PublicationRow) => ({
  id: _id,
  kind,
  publishedAt,
  inForceAt,
});
