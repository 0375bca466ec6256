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
  checkEntries,
  checkOffering,
  checkServingZones,
  type DeckDocument,
  type Finding,
  findRepeats,
  indexZones,
  inside,
  type OfferingDraft,
} from '@tollkeeper/tariff';
import { OfferingRepository } from './offering.repository';
import type { OfferingRow } from './offering.schema';
import { draftRow } from './offering.service';
import { type NewPublication, PublicationService } from './publication.service';
import { RateDeckRepository } from './rate-deck.repository';
import { deckFactsOf, type RateDeckRow } from './rate-deck.schema';
import { deckObject, deckRow } from './rate-deck.service';

export interface CatalogDocument {
  deck?: DeckDocument;
  offerings: OfferingDraft[];
}

export interface ImportedVersion {
  kind: NewPublication['kind'];
  name: string;
  version: number;
  publicationId: string;
}

/** A deck and the offerings that use it, from one document to sale in one step. */
@Injectable()
export class CatalogImportService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly storage: Storage,
    private readonly offerings: OfferingRepository,
    private readonly decks: RateDeckRepository,
    private readonly publications: PublicationService,
  ) {}

  async import(principal: Principal, document: CatalogDocument): Promise<ImportedVersion[]> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    refuseFindings(await this.check(tenantId, document));
    const { deck } = document;
    const stored = deck ? await this.storage.putLines(tenantId, deckObject(deck.deckId), deck.entries) : null;
    return this.db
      .transaction(async () => {
        refuseFindings(await this.check(tenantId, document));
        const imported = [
          ...(deck && stored ? [await this.publishDeck(tenantId, deck, stored, at)] : []),
          ...(await this.publishOfferings(tenantId, document.offerings, at)),
        ];
        await this.publications.announce(
          tenantId,
          at,
          imported.map(({ publication }) => publication),
        );
        await this.audit.record(principal, {
          at,
          what: 'importCatalog',
          entity: 'catalog',
          after: imported.map(({ view }) => view),
        });
        return imported.map(({ view }) => view);
      })
      .catch((error: unknown) => {
        throw isDuplicateKey(error)
          ? conflict('versionTaken', 'Someone else just changed this catalog.', 'Send it again.')
          : error;
      });
  }

  private async check(tenantId: string, { deck, offerings }: CatalogDocument): Promise<Finding[]> {
    const findings = findRepeats(
      offerings,
      ({ offeringId }) => offeringId,
      (at) => `offerings.${at}.offeringId`,
    );
    if (deck) {
      const previous = await this.decks.newest(tenantId, deck.deckId, 'published');
      const found = [
        ...checkDeckHead(deck, previous),
        ...checkEntries(deck.entries),
        ...checkServingZones(deck.servingZones, indexZones(deck.entries)),
      ];
      findings.push(...inside('deck', found));
    }
    for (const [at, offering] of offerings.entries()) {
      const surroundings = {
        deck: await this.deckVersions(tenantId, offering.deckId, deck),
        previous: await this.offerings.newest(tenantId, offering.offeringId, 'published'),
      };
      findings.push(...inside(`offerings.${at}`, checkOffering(offering, surroundings)));
    }
    return findings;
  }

  private async deckVersions(tenantId: string, deckId: string, deck: DeckDocument | undefined) {
    const published = (await this.decks.published(tenantId, deckId)).map(deckFactsOf);
    return deck?.deckId === deckId ? [...published, { ...deck, ...indexZones(deck.entries) }] : published;
  }

  private async publishDeck(
    tenantId: string,
    deck: DeckDocument,
    stored: RateDeckRow['entries'],
    at: Instant,
  ) {
    const version = ((await this.decks.newest(tenantId, deck.deckId))?.version ?? 0) + 1;
    const row = { ...deckRow(deck, deck.entries, stored, version, at), ...publishedAt(at) };
    await this.decks.insert(tenantId, row);
    return announced('deck', row.deckId, row);
  }

  private async publishOfferings(tenantId: string, offerings: OfferingDraft[], at: Instant) {
    const rows: (OfferingRow & { publicationId: string })[] = [];
    for (const offering of offerings) {
      const version = ((await this.offerings.newest(tenantId, offering.offeringId))?.version ?? 0) + 1;
      rows.push({ ...draftRow(offering, version, at), ...publishedAt(at) });
    }
    await this.offerings.insertMany(tenantId, rows);
    return rows.map((row) => announced('offering', row.offeringId, row));
  }
}

const publishedAt = (at: Instant) => ({
  state: 'published' as const,
  publishedAt: at,
  publicationId: newId('pub'),
});

function announced(
  kind: NewPublication['kind'],
  name: string,
  row: { _id: string; version: number; publicationId: string },
) {
  const { publicationId } = row;
  const publication: NewPublication = { _id: publicationId, kind, versionId: row._id };
  const view: ImportedVersion = { kind, name, version: row.version, publicationId };
  return { publication, view };
}
