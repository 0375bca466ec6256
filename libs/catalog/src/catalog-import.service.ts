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
  Storage,
} from '@tollkeeper/platform';
import {
  checkDeckHead,
  checkDeckRules,
  checkEntries,
  checkServingZones,
  type DeckDocument,
  type Finding,
  findRepeats,
  indexZones,
  inside,
  type OfferingDraft,
} from '@tollkeeper/tariff';
import { draftRow } from './offering-draft.service';
import { OfferingGround } from './offering-ground.service';
import { OfferingRepository } from './offering.repository';
import { OfferingService } from './offering.service';
import { CouponTable } from './promotions/coupon-table.service';
import { type NewPublication, PublicationService } from './publication.service';
import { RateDeckRepository } from './rate-deck.repository';
import type { DeckTerms, RateDeckRow } from './rate-deck.schema';
import { deckObject, deckRow } from './rate-deck.service';

export interface CatalogDocument {
  decks: DeckDocument[];
  offerings: OfferingDraft[];
}

/** Drafts to be looked at, on sale at once, or only looked at as if they were published. */
export type ImportMode = 'draft' | 'publish' | 'validate';

export interface ImportedVersion {
  kind: NewPublication['kind'];
  name: string;
  version: number;
  /** Null: a draft, or nothing was written. */
  publicationId: string | null;
}

type Stored = RateDeckRow['entries'];

/** Decks and the offerings that use them, from one document to sale in one step: all of it or nothing. */
@Injectable()
export class CatalogImportService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly storage: Storage,
    private readonly offerings: OfferingRepository,
    private readonly decks: RateDeckRepository,
    private readonly ground: OfferingGround,
    private readonly published: OfferingService,
    private readonly coupons: CouponTable,
    private readonly publications: PublicationService,
  ) {}

  async import(
    principal: Principal,
    document: CatalogDocument,
    mode: ImportMode,
  ): Promise<ImportedVersion[]> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    refuseFindings(await this.check(tenantId, document));
    if (mode === 'validate') return this.preview(tenantId, document, at);
    const stored = await this.store(tenantId, document.decks);
    try {
      return await this.db.transaction(async () => {
        refuseFindings(await this.check(tenantId, document));
        const rows = await this.write(tenantId, document, stored, mode, at);
        const views = rows.map(viewOf);
        if (mode === 'publish') await this.announce(tenantId, document, rows, at);
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

  private async check(tenantId: string, { decks, offerings }: CatalogDocument): Promise<Finding[]> {
    const findings = [
      ...findRepeats(
        decks,
        ({ deckId }) => deckId,
        (at) => `decks.${at}.deckId`,
      ),
      ...findRepeats(
        offerings,
        ({ offeringId }) => offeringId,
        (at) => `offerings.${at}.offeringId`,
      ),
    ];
    for (const [at, deck] of decks.entries()) {
      const previous = await this.decks.newest(tenantId, deck.deckId, 'published');
      const found = [
        ...checkDeckHead(deck, previous),
        ...checkEntries(deck.entries),
        ...checkDeckRules(deck, deck.entries),
        ...checkServingZones(deck.servingZones, indexZones(deck.entries)),
      ];
      findings.push(...inside(`decks.${at}`, found));
    }
    const beside = {
      decks: decks.map((deck) => ({ ...deck, ...indexZones(deck.entries) })),
      offerings,
    };
    for (const [at, offering] of offerings.entries())
      findings.push(
        ...inside(`offerings.${at}`, await this.ground.check(tenantId, offering, 'published', beside)),
      );
    return findings;
  }

  private async store(tenantId: string, decks: readonly DeckDocument[]): Promise<Map<string, Stored>> {
    const stored = new Map<string, Stored>();
    for (const { deckId, entries } of decks)
      stored.set(deckId, await this.storage.putLines(tenantId, deckObject(deckId), entries));
    return stored;
  }

  private async write(
    tenantId: string,
    document: CatalogDocument,
    stored: ReadonlyMap<string, Stored>,
    mode: ImportMode,
    at: Instant,
  ): Promise<NewVersion[]> {
    const decks: RateDeckRow[] = [];
    for (const deck of document.decks) {
      const version = ((await this.decks.newest(tenantId, deck.deckId))?.version ?? 0) + 1;
      const entries = stored.get(deck.deckId);
      if (!entries) throw new Error(`the rows of deck ${deck.deckId} were not stored`);
      const content = { ...deck, ...(deck as DeckTerms) };
      const row = deckRow(content, deck.entries, entries, version, at);
      decks.push({ ...row, ...stateOf(mode, at) });
    }
    for (const row of decks) await this.decks.insert(tenantId, row);
    const drafts = await this.nextVersions(tenantId, document.offerings, at);
    const told = mode === 'publish' ? await this.published.toldOf(tenantId, drafts) : drafts;
    const offerings = told.map((row) => ({ ...row, ...stateOf(mode, at) }));
    await this.offerings.insertMany(tenantId, offerings);
    return [
      ...decks.map((row) => ({ kind: 'deck' as const, name: row.deckId, row })),
      ...offerings.map((row) => ({ kind: 'offering' as const, name: row.offeringId, row })),
    ];
  }

  private async nextVersions(tenantId: string, offerings: readonly OfferingDraft[], at: Instant) {
    const rows = [];
    for (const offering of offerings) {
      const version = ((await this.offerings.newest(tenantId, offering.offeringId))?.version ?? 0) + 1;
      rows.push(draftRow(offering, version, at));
    }
    return rows;
  }

  private async announce(
    tenantId: string,
    { offerings }: CatalogDocument,
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
  private async preview(
    tenantId: string,
    document: CatalogDocument,
    at: Instant,
  ): Promise<ImportedVersion[]> {
    const views: ImportedVersion[] = [];
    for (const { deckId } of document.decks) {
      const version = ((await this.decks.newest(tenantId, deckId))?.version ?? 0) + 1;
      views.push({ kind: 'deck', name: deckId, version, publicationId: null });
    }
    for (const { offeringId, version } of await this.nextVersions(tenantId, document.offerings, at))
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
