import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  BusinessClock,
  conflict,
  isDuplicateKey,
  newId,
  notFound,
  type Page,
  pageOf,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { checkOffering, type Finding, type OfferingDraft } from '@tollkeeper/tariff';
import { OfferingRepository, type VersionPage } from './offering.repository';
import type { OfferingRow } from './offering.schema';
import { PublicationService } from './publication.service';
import { RateDeckRepository } from './rate-deck.repository';
import { deckFactsOf, type RateDeckRow } from './rate-deck.schema';

@Injectable()
export class OfferingService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly offerings: OfferingRepository,
    private readonly decks: RateDeckRepository,
    private readonly publications: PublicationService,
  ) {}

  async create(principal: Principal, draft: OfferingDraft): Promise<OfferingRow> {
    const exists = await this.offerings.newest(principal.tenantId, draft.offeringId);
    if (exists) throw offeringExists(draft.offeringId);
    return this.addDraft(principal, draft);
  }

  async addVersion(principal: Principal, draft: OfferingDraft): Promise<OfferingRow> {
    const exists = await this.offerings.newest(principal.tenantId, draft.offeringId);
    if (!exists) throw notFound('offering', draft.offeringId);
    return this.addDraft(principal, draft);
  }

  async publish(principal: Principal, offeringId: string, version: number): Promise<OfferingRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      const draft = await this.get(tenantId, offeringId, version);
      if (draft.state !== 'draft') throw notADraft(offeringId, version);
      refuseFindings(await this.check(tenantId, draft, await this.decks.published(tenantId, draft.deckId)));
      const publicationId = newId('pub');
      const row = await this.offerings.publish(tenantId, draft._id, publicationId, at);
      if (!row) throw notADraft(offeringId, version);
      await this.publications.announce(tenantId, at, [
        { _id: publicationId, kind: 'offering', versionId: row._id },
      ]);
      await this.audit.record(principal, {
        at,
        what: 'publishOffering',
        entity: row._id,
        before: { state: 'draft' },
        after: { state: 'published', publicationId },
      });
      return row;
    });
  }

  async get(tenantId: string, offeringId: string, version: number): Promise<OfferingRow> {
    const row = await this.offerings.find(tenantId, offeringId, version);
    if (!row) throw notFound('offering version', `${offeringId} version ${version}`);
    return row;
  }

  async page(tenantId: string, query: VersionPage): Promise<Page<OfferingRow>> {
    return pageOf(await this.offerings.page(tenantId, { ...query, limit: query.limit + 1 }), query.limit);
  }

  /** A draft may lean on a deck that is itself still a draft; publishing asks for the published ones. */
  private async addDraft(principal: Principal, draft: OfferingDraft): Promise<OfferingRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const published = await this.decks.published(tenantId, draft.deckId);
    const newest = published.length > 0 ? null : await this.decks.newest(tenantId, draft.deckId);
    refuseFindings(await this.check(tenantId, draft, newest ? [newest] : published));
    return this.insertDraft(principal, draft, at).catch((error: unknown) => {
      throw isDuplicateKey(error) ? offeringExists(draft.offeringId) : error;
    });
  }

  private insertDraft(principal: Principal, draft: OfferingDraft, at: string): Promise<OfferingRow> {
    const { tenantId } = principal;
    return this.db.transaction(async () => {
      const version = ((await this.offerings.newest(tenantId, draft.offeringId))?.version ?? 0) + 1;
      const row = draftRow(draft, version, at);
      await this.offerings.insertMany(tenantId, [row]);
      await this.audit.record(principal, { at, what: 'addOfferingVersion', entity: row._id, after: row });
      return row;
    });
  }

  private async check(tenantId: string, draft: OfferingDraft, versions: RateDeckRow[]): Promise<Finding[]> {
    const previous = await this.offerings.newest(tenantId, draft.offeringId, 'published');
    return checkOffering(draft, { deck: versions.map(deckFactsOf), previous });
  }
}

export const draftRow = (draft: OfferingDraft, version: number, createdAt: string): OfferingRow => ({
  ...draft,
  _id: newId('ofv'),
  version,
  state: 'draft',
  publicationId: null,
  createdAt,
  publishedAt: null,
  inForceAt: null,
});

const offeringExists = (offeringId: string) =>
  conflict(
    'offeringExists',
    `There is an offering ${offeringId}, or one was just added.`,
    'Add a version to it: POST /v1/catalog/offerings/{offeringId}/versions.',
  );

const notADraft = (offeringId: string, version: number) =>
  conflict(
    'notADraft',
    `Version ${version} of offering ${offeringId} is published already.`,
    'Add a new version to change it.',
  );
