import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { RateEntry } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
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
  Storage,
} from '@tollkeeper/platform';
import {
  checkDeckHead,
  checkDeckRules,
  checkServingZones,
  type DeckZones,
  type Finding,
  indexZones,
  readDeckCsv,
} from '@tollkeeper/tariff';
import { PublicationService } from '../publications/publication.service';
import { RateDeckRepository } from './rate-deck.repository';
import { type DeckTerms, deckTermsOf, type RateDeckRow } from './rate-deck.schema';
import { TenantRepository } from '../tenants/tenant.repository';

interface DeckUpload {
  deckId: string;
  validFrom: Instant;
  /** The operator's own when left out. */
  currency?: string;
}

@Injectable()
export class RateDeckService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly storage: Storage,
    private readonly decks: RateDeckRepository,
    private readonly tenants: TenantRepository,
    private readonly publications: PublicationService,
  ) {}

  /** All rows or none; the newest draft made of the same file is found again, not made twice. */
  async upload(principal: Principal, upload: DeckUpload, csv: AsyncIterable<Buffer>): Promise<RateDeckRow> {
    const { tenantId } = principal;
    const { entries, errors } = await readDeckCsv(csv, new TextDecoder());
    refuseFindings(
      errors.map(({ line, column, reason }) => ({
        field: column ? `line ${line}, ${column}` : `line ${line}`,
        reason,
      })),
      'Nothing was stored. Mend the lines and send the whole file again.',
    );
    const at = await this.clock.now(tenantId);
    const currency = await this.currencyOf(tenantId, upload);
    const stored = await this.storage.putLines(tenantId, deckObject(upload.deckId), entries);
    return this.db
      .transaction(async () => {
        const newest = await this.decks.newest(tenantId, upload.deckId);
        if (
          newest?.state === 'draft' &&
          newest.entries.sha256 === stored.sha256 &&
          newest.validFrom === upload.validFrom
        )
          return newest;
        refuseFindings(
          checkDeckHead(
            { ...upload, currency },
            await this.decks.newest(tenantId, upload.deckId, 'published'),
          ),
        );
        const row = deckRow(
          { ...upload, currency, ...deckTermsOf(newest ?? {}) },
          entries,
          stored,
          (newest?.version ?? 0) + 1,
          at,
        );
        await this.decks.insert(tenantId, row);
        await this.audit.record(principal, { at, what: 'addRateDeckVersion', entity: row._id, after: row });
        return row;
      })
      .catch((error: unknown) => {
        throw isDuplicateKey(error)
          ? conflict('versionTaken', 'Someone else just added a version of this deck.', 'Send it again.')
          : error;
      });
  }

  async setZones(
    principal: Principal,
    deckId: string,
    version: number,
    zones: DeckZones,
  ): Promise<RateDeckRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      const before = await this.get(tenantId, deckId, version);
      refuseFindings(checkServingZones(zones.servingZones, before.index));
      const row = await this.decks.setZones(tenantId, before._id, deckTermsOf(zones));
      if (!row) throw notADraft(deckId, version);
      await this.audit.record(principal, {
        at,
        what: 'setServingZones',
        entity: row._id,
        before: deckTermsOf(before),
        after: zones,
      });
      return row;
    });
  }

  async publish(principal: Principal, deckId: string, version: number): Promise<RateDeckRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const checked = await this.get(tenantId, deckId, version);
    refuseFindings(await this.ruleFaults(checked));
    return this.db.transaction(async () => {
      const draft = await this.get(tenantId, deckId, version);
      if (!isSameContent(draft, checked))
        throw conflict(
          'changedMeanwhile',
          'Someone else just changed this draft.',
          'Look at it and publish again.',
        );
      if (draft.state !== 'draft') throw notADraft(deckId, version);
      if (draft.servingZones.length === 0) {
        throw conflict(
          'servingZonesMissing',
          'No network is in a serving zone of this deck yet.',
          'PUT .../serving-zones first.',
        );
      }
      const previous = await this.decks.newest(tenantId, deckId, 'published');
      refuseFindings([
        ...checkDeckHead(draft, previous),
        ...checkServingZones(draft.servingZones, draft.index),
      ]);
      const publicationId = newId('pub');
      const row = await this.decks.publish(tenantId, draft._id, publicationId, at);
      if (!row) throw notADraft(deckId, version);
      await this.publications.announce(tenantId, at, [
        { _id: publicationId, kind: 'deck', versionId: row._id },
      ]);
      await this.audit.record(principal, {
        at,
        what: 'publishRateDeck',
        entity: row._id,
        before: { state: 'draft' },
        after: { state: 'published', publicationId },
      });
      return row;
    });
  }

  /** What only the rows can tell; they lie in storage, and are read before the transaction. */
  private async ruleFaults(draft: RateDeckRow): Promise<Finding[]> {
    if (draft.state !== 'draft' || (!draft.calendar && !draft.eea)) return [];
    return checkDeckRules(draft, await this.storage.readLines<RateEntry>(draft.entries));
  }

  async get(tenantId: string, deckId: string, version: number): Promise<RateDeckRow> {
    const row = await this.decks.find(tenantId, deckId, version);
    if (!row) throw notFound('rate deck version', `${deckId} version ${version}`);
    return row;
  }

  async entries(tenantId: string, deckId: string, version: number): Promise<RateEntry[]> {
    return this.storage.readLines<RateEntry>((await this.get(tenantId, deckId, version)).entries);
  }

  async page(tenantId: string, query: { limit: number; startingAfter?: string }): Promise<Page<RateDeckRow>> {
    return pageOf(await this.decks.page(tenantId, { ...query, limit: query.limit + 1 }), query.limit);
  }

  private async currencyOf(tenantId: string, { currency }: DeckUpload): Promise<string> {
    const own = currency ?? (await this.tenants.find(tenantId))?.currency;
    if (!own)
      throw badInput('currency', 'The operator has no currency yet.', 'Name the currency of the deck.');
    return own;
  }
}

export const deckObject = (deckId: string): string => `decks/${deckId}`;

type DeckContent = Pick<RateDeckRow, 'deckId' | 'currency' | 'validFrom'> & DeckTerms;

export const deckRow = (
  content: DeckContent,
  entries: RateEntry[],
  stored: RateDeckRow['entries'],
  version: number,
  createdAt: Instant,
): RateDeckRow => ({
  _id: newId('rdv'),
  deckId: content.deckId,
  version,
  state: 'draft',
  currency: content.currency,
  validFrom: content.validFrom,
  ...deckTermsOf(content),
  entries: stored,
  index: indexZones(entries),
  publicationId: null,
  createdAt,
  publishedAt: null,
  inForceAt: null,
});

const notADraft = (deckId: string, version: number) =>
  conflict(
    'notADraft',
    `Version ${version} of rate deck ${deckId} is published already.`,
    'Upload a new version to change it.',
  );

const isSameContent = (left: RateDeckRow, right: RateDeckRow): boolean =>
  left.entries.sha256 === right.entries.sha256 &&
  JSON.stringify(deckTermsOf(left)) === JSON.stringify(deckTermsOf(right));
