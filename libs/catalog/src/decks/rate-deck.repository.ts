import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type DeckTerms, type RateDeckRow, RateDecks } from './rate-deck.schema';

const optionalTerms = ['emergencyNumbers', 'ownRoutingNumbers', 'calendar', 'eea'] as const;

@Injectable()
export class RateDeckRepository {
  constructor(private readonly db: ServiceDatabase) {}

  find(tenantId: string, deckId: string, version: number): Promise<RateDeckRow | null> {
    return this.rows(tenantId).findOne({ deckId, version });
  }

  findById(tenantId: string, id: string): Promise<RateDeckRow | null> {
    return this.rows(tenantId).findOne({ _id: id });
  }

  async page(
    tenantId: string,
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<RateDeckRow[]> {
    const last = startingAfter ? await this.findById(tenantId, startingAfter) : null;
    const after = last
      ? { $or: [{ deckId: { $gt: last.deckId } }, { deckId: last.deckId, version: { $gt: last.version } }] }
      : {};
    return this.rows(tenantId).find(after, { sort: { deckId: 1, version: 1 }, limit });
  }

  newest(tenantId: string, deckId: string, state?: RateDeckRow['state']): Promise<RateDeckRow | null> {
    return this.rows(tenantId).findOne({ deckId, ...(state ? { state } : {}) }, { sort: { version: -1 } });
  }

  /** Oldest first: each is valid until the next one is. */
  published(tenantId: string, deckId: string): Promise<RateDeckRow[]> {
    return this.rows(tenantId).find({ deckId, state: 'published' }, { sort: { validFrom: 1 } });
  }

  /** Published versions that begin after an instant, the next one first. */
  toCome(tenantId: string, at: string, limit: number): Promise<RateDeckRow[]> {
    const filter = { state: 'published', validFrom: { $gt: at } };
    return this.rows(tenantId).find(filter, { sort: { validFrom: 1 }, limit });
  }

  /** A draft whose rows have become those of another version. */
  async discardDraft(tenantId: string, id: string): Promise<void> {
    await this.rows(tenantId).deleteMany({ _id: id, state: 'draft' });
  }

  insert(tenantId: string, row: RateDeckRow): Promise<void> {
    return this.rows(tenantId).insertOne(row);
  }

  /** Null when it is no draft any more. */
  setZones(tenantId: string, id: string, terms: DeckTerms): Promise<RateDeckRow | null> {
    const absent = optionalTerms.filter((name) => terms[name] === undefined).map((name) => [name, '']);
    return this.rows(tenantId).findOneAndUpdate(
      { _id: id, state: 'draft' },
      { $set: terms, $unset: Object.fromEntries(absent) as Record<string, ''> },
    );
  }

  /** Null when it is no draft any more. */
  publish(tenantId: string, id: string, publicationId: string, at: string): Promise<RateDeckRow | null> {
    const change = { state: 'published', publicationId, publishedAt: at };
    return this.rows(tenantId).findOneAndUpdate({ _id: id, state: 'draft' }, { $set: change });
  }

  async putInForce(tenantId: string, id: string, at: string): Promise<void> {
    await this.rows(tenantId).updateOne({ _id: id, inForceAt: null }, { $set: { inForceAt: at } });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(RateDecks);
  }
}
