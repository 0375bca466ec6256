import { Injectable } from '@nestjs/common';
import { stringify } from 'yaml';
import type { RateEntry } from '@tollkeeper/contracts';
import { badInput, Storage } from '@tollkeeper/platform';
import { OfferingRepository } from '../offerings/offering.repository';
import { RateDeckRepository } from '../decks/rate-deck.repository';
import { deckTermsOf, type RateDeckRow } from '../decks/rate-deck.schema';

interface ExportWish {
  /** Left out: all of them. */
  offeringIds?: string[];
  /** With the decks that they are priced by; without, the decks are expected where it is imported. */
  decks: boolean;
}

/** More rows than this travel as CSV. */
const mostRows = 5000;

/** What is published, as the document that import takes: imported elsewhere it gives the same versions. */
@Injectable()
export class CatalogExport {
  constructor(
    private readonly storage: Storage,
    private readonly offerings: OfferingRepository,
    private readonly decks: RateDeckRepository,
  ) {}

  async document(tenantId: string, { offeringIds, decks }: ExportWish): Promise<object> {
    const rows = await this.offerings.versionsOf(tenantId, offeringIds ?? null, 'published');
    const missing = offeringIds?.find((id) => !rows.some(({ offeringId }) => offeringId === id));
    if (missing !== undefined)
      throw badInput(
        'offeringId',
        `There is no published offering ${missing}.`,
        'List them: GET /v1/catalog/offerings.',
      );
    const deckIds = [...new Set(rows.map(({ offering }) => offering.deckId))];
    return {
      decks: decks ? await this.decksOf(tenantId, deckIds) : [],
      offerings: rows.map(({ offering: { version: _, ...content } }) => content),
    };
  }

  async text(tenantId: string, wish: ExportWish, as: 'json' | 'yaml'): Promise<string> {
    const document = await this.document(tenantId, wish);
    return as === 'yaml' ? stringify(document, { lineWidth: 0 }) : `${JSON.stringify(document, null, 2)}\n`;
  }

  private async decksOf(tenantId: string, deckIds: string[]): Promise<object[]> {
    const documents: object[] = [];
    for (const deckId of deckIds)
      for (const row of await this.decks.published(tenantId, deckId))
        documents.push(await this.deckDocument(row));
    return documents;
  }

  private async deckDocument(row: RateDeckRow): Promise<object> {
    const { deckId, version, currency, validFrom, entries } = row;
    if (entries.count > mostRows)
      throw badInput(
        'decks',
        `Version ${version} of deck ${deckId} has ${entries.count} rows: a document holds ${mostRows}.`,
        'Ask with decks=false, and take the rows by GET /v1/catalog/rate-decks/{deckId}/versions/{version}/csv.',
      );
    const rows = await this.storage.readLines<RateEntry>(entries);
    return { deckId, currency, validFrom, ...deckTermsOf(row), entries: rows };
  }
}
