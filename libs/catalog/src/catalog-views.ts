import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { deckZonesFields, offeringFields } from '@tollkeeper/tariff';
import type { OfferingRow } from './offering.schema';
import { deckVersionOf, offeringVersionOf } from './publication.service';
import type { PublicationRow } from './publication.schema';
import type { RateDeckRow } from './rate-deck.schema';

const state = z.object({
  id: z.string(),
  version: z.number().int(),
  state: z.enum(['draft', 'published']),
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
  publicationId: z.string(),
});

const pageShape = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), hasMore: z.boolean() });

export class OfferingView extends createZodDto(offering) {}
export class OfferingPage extends createZodDto(pageShape(offering)) {}
export class RateDeckView extends createZodDto(deck) {}
export class RateDeckPage extends createZodDto(pageShape(deck)) {}
export class PublicationView extends createZodDto(publication) {}
export class PublicationPage extends createZodDto(pageShape(publication)) {}
export class ImportedCatalog extends createZodDto(z.object({ published: z.array(imported) })) {}

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

export const offeringView = (row: OfferingRow) => ({ ...offeringVersionOf(row), ...stateOf(row) });

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
