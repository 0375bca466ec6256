import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type Publication, publication } from '@tollkeeper/contracts';
import { notFound, Outbox, type Page, pageOf, refusal, ServiceDatabase } from '@tollkeeper/platform';
import { OfferingRepository } from '../offerings/offering.repository';
import { PublicationRepository } from './publication.repository';
import type { PublicationRow } from './publication.schema';
import { RateDeckRepository } from '../decks/rate-deck.repository';
import { deckVersionOf } from '../decks/rate-deck.schema';

export type NewPublication = Pick<PublicationRow, '_id' | 'kind' | 'versionId'>;

/** Carries published versions to those who rate and bill from them. */
@Injectable()
export class PublicationService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly publications: PublicationRepository,
    private readonly offerings: OfferingRepository,
    private readonly decks: RateDeckRepository,
  ) {}

  /** Part of the transaction that publishes the versions. */
  async announce(tenantId: string, at: Instant, items: NewPublication[]): Promise<void> {
    await this.publications.insertMany(
      tenantId,
      items.map((item) => ({ ...item, publishedAt: at, inForceAt: null })),
    );
    await this.outbox.start(
      publication,
      items.map(({ _id }) => ({ tenantId, at, publicationId: _id })),
    );
  }

  async load(tenantId: string, publicationId: string): Promise<Publication> {
    const row = await this.publications.find(tenantId, publicationId);
    if (!row) throw refusal('publicationInvalid', `there is no publication ${publicationId}`);
    const version =
      row.kind === 'offering' ? await this.loadOffering(tenantId, row) : await this.loadDeck(tenantId, row);
    if (!version)
      throw refusal('publicationInvalid', `publication ${publicationId} names a version that is not there`);
    return version;
  }

  async putInForce(tenantId: string, publicationId: string, at: Instant): Promise<void> {
    await this.db.transaction(async () => {
      const row = await this.publications.putInForce(tenantId, publicationId, at);
      if (!row) return;
      const versions = row.kind === 'offering' ? this.offerings : this.decks;
      await versions.putInForce(tenantId, row.versionId, at);
    });
  }

  async get(tenantId: string, publicationId: string): Promise<PublicationRow> {
    const row = await this.publications.find(tenantId, publicationId);
    if (!row) throw notFound('publication', publicationId);
    return row;
  }

  async page(
    tenantId: string,
    query: { limit: number; startingAfter?: string },
  ): Promise<Page<PublicationRow>> {
    return pageOf(await this.publications.page(tenantId, { ...query, limit: query.limit + 1 }), query.limit);
  }

  private async loadOffering(tenantId: string, { versionId }: PublicationRow): Promise<Publication | null> {
    const row = await this.offerings.findById(tenantId, versionId);
    return row && { kind: 'offering', offering: row.told ?? row.offering };
  }

  private async loadDeck(tenantId: string, { versionId }: PublicationRow): Promise<Publication | null> {
    const row = await this.decks.findById(tenantId, versionId);
    return row && { kind: 'deck', deck: deckVersionOf(row), entries: row.entries };
  }
}
