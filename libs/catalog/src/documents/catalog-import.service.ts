import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  AuditLog,
  BusinessClock,
  conflict,
  isDuplicateKey,
  newId,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { draftRow } from '../offerings/offering-draft.service';
import { OfferingRepository } from '../offerings/offering.repository';
import { OfferingService } from '../offerings/offering.service';
import { CouponTable } from '../promotions/coupon-table.service';
import { type NewPublication, PublicationService } from '../publications/publication.service';
import { RateDeckRepository } from '../decks/rate-deck.repository';
import type { RateDeckRow } from '../decks/rate-deck.schema';
import { deckRow } from '../decks/rate-deck.service';
import { type CatalogDocument, DocumentCheck, type WholeDocument } from './document-check.service';
import { DeckRows } from './deck-rows.service';

/** Drafts to be looked at, on sale at once, or only looked at as if they were published. */
type ImportMode = 'draft' | 'publish' | 'validate';

interface ImportedVersion {
  kind: NewPublication['kind'];
  name: string;
  version: number;
  /** Null: a draft, or nothing was written. */
  publicationId: string | null;
}

/** Decks and the offerings that use them, from one document to sale in one step: all of it or nothing. */
@Injectable()
export class CatalogImportService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly deckRows: DeckRows,
    private readonly checks: DocumentCheck,
    private readonly offerings: OfferingRepository,
    private readonly decks: RateDeckRepository,
    private readonly published: OfferingService,
    private readonly coupons: CouponTable,
    private readonly publications: PublicationService,
  ) {}

  async import(principal: Principal, given: CatalogDocument, mode: ImportMode): Promise<ImportedVersion[]> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const document = await this.deckRows.load(tenantId, given);
    refuseFindings(await this.checks.check(tenantId, document));
    if (mode === 'validate') return this.preview(tenantId, document, at);
    const stored = await this.deckRows.store(tenantId, document);
    try {
      return await this.db.transaction(async () => {
        refuseFindings(await this.checks.check(tenantId, stored));
        const rows = await this.write(tenantId, stored, mode, at);
        const views = rows.map(viewOf);
        if (mode === 'publish') await this.announce(tenantId, stored, rows, at);
        const what = mode === 'publish' ? 'importCatalog' : 'importCatalogDrafts';
        await this.audit.record(principal, { at, what, entity: 'catalog', after: views });
        return views;
      });
    } catch (error) {
      throw isDuplicateKey(error)
        ? conflict('versionTaken', 'Someone else just changed this catalog.', 'Send it again.')
        : error;
    }
  }

  private async write(
    tenantId: string,
    document: WholeDocument,
    mode: ImportMode,
    at: Instant,
  ): Promise<NewVersion[]> {
    const decks = (await this.nextDecks(tenantId, document, at)).map((row) => ({
      ...row,
      ...stateOf(mode, at),
    }));
    for (const row of decks) await this.decks.insert(tenantId, row);
    const drafts = await this.nextVersions(tenantId, document, at);
    const told = mode === 'publish' ? await this.published.toldOf(tenantId, drafts) : drafts;
    const offerings = told.map((row) => ({ ...row, ...stateOf(mode, at) }));
    await this.offerings.insertMany(tenantId, offerings);
    return [
      ...decks.map((row) => ({ kind: 'deck' as const, name: row.deckId, row })),
      ...offerings.map((row) => ({ kind: 'offering' as const, name: row.offeringId, row })),
    ];
  }

  /** Rows that were sent as CSV before become those of the new version; their draft has served its purpose. */
  private async nextDecks(tenantId: string, { decks }: WholeDocument, at: Instant): Promise<RateDeckRow[]> {
    const rows: RateDeckRow[] = [];
    for (const { deck, stored, draftId } of decks) {
      if (!stored) throw new Error(`the rows of deck ${deck.deckId} were not stored`);
      if (draftId) await this.decks.discardDraft(tenantId, draftId);
      const before = rows.filter(({ deckId }) => deckId === deck.deckId).length;
      const newest = (await this.decks.newest(tenantId, deck.deckId))?.version ?? 0;
      rows.push(deckRow(deck, deck.entries, stored, newest + before + 1, at));
    }
    return rows;
  }

  private async nextVersions(tenantId: string, { offerings }: WholeDocument, at: Instant) {
    const rows: ReturnType<typeof draftRow>[] = [];
    for (const offering of offerings) {
      const before = rows.filter(({ offeringId }) => offeringId === offering.offeringId).length;
      const newest = (await this.offerings.newest(tenantId, offering.offeringId))?.version ?? 0;
      rows.push(draftRow(offering, newest + before + 1, at));
    }
    return rows;
  }

  private async announce(
    tenantId: string,
    { offerings }: WholeDocument,
    rows: readonly NewVersion[],
    at: Instant,
  ): Promise<void> {
    const versions = offerings.map((offering) => ({ ...offering, version: 0 }));
    await this.coupons.claim(tenantId, versions, at);
    const publications = rows.flatMap(({ kind, row: { _id, publicationId } }) =>
      publicationId ? [{ _id: publicationId, kind, versionId: _id }] : [],
    );
    await this.publications.announce(tenantId, at, publications);
  }

  /** What would be published, with the numbers that the versions would get. */
  private async preview(tenantId: string, document: WholeDocument, at: Instant): Promise<ImportedVersion[]> {
    const views: ImportedVersion[] = [];
    for (const { deck } of document.decks) {
      const version = ((await this.decks.newest(tenantId, deck.deckId))?.version ?? 0) + 1;
      views.push({ kind: 'deck', name: deck.deckId, version, publicationId: null });
    }
    for (const { offeringId, version } of await this.nextVersions(tenantId, document, at))
      views.push({ kind: 'offering', name: offeringId, version, publicationId: null });
    return views;
  }
}

interface NewVersion {
  kind: NewPublication['kind'];
  name: string;
  row: { _id: string; version: number; publicationId: string | null };
}

const stateOf = (mode: ImportMode, at: Instant) =>
  mode === 'publish'
    ? { state: 'published' as const, publishedAt: at, publicationId: newId('pub') }
    : { state: 'draft' as const, publishedAt: null, publicationId: null };

const viewOf = ({ kind, name, row: { version, publicationId } }: NewVersion): ImportedVersion => ({
  ...{ kind, name, version, publicationId },
});
