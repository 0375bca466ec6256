import { Injectable } from '@nestjs/common';
import type {
  OfferingVersion,
  PriceOverride,
  RateDeckVersion,
  StorageRef,
  WithdrawnVersionFact,
} from '@tollkeeper/contracts';
import {
  accountFacts,
  isDuplicateKey,
  keepAccountFacts,
  PriceOverrideCopies,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { Decks, type DeckRow, Offerings } from './publication.schema';

/** Ids of plans and decks are the operator's own words: two operators may use the same. */
const versionKey = (tenantId: string, id: string, version: number): string => `${tenantId}/${id}@${version}`;

@Injectable()
export class PublicationRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async keepOffering(tenantId: string, offering: OfferingVersion): Promise<void> {
    const _id = versionKey(tenantId, offering.offeringId, offering.version);
    await onceOnly(() => this.db.tenant(tenantId).collection(Offerings).insertOne({ _id, offering }));
  }

  async keepDeck(tenantId: string, deck: RateDeckVersion, entries: StorageRef): Promise<void> {
    const _id = versionKey(tenantId, deck.deckId, deck.version);
    await onceOnly(() => this.db.tenant(tenantId).collection(Decks).insertOne({ _id, deck, entries }));
  }

  async removeOfferings(tenantId: string, versions: WithdrawnVersionFact[]): Promise<void> {
    const ids = versions.map(({ offeringId, version }) => versionKey(tenantId, offeringId, version));
    await this.db
      .tenant(tenantId)
      .collection(Offerings)
      .deleteMany({ _id: { $in: ids } });
  }

  async keepOverrides(tenantId: string, overrides: PriceOverride[]): Promise<void> {
    await keepAccountFacts(this.db, tenantId, PriceOverrideCopies, overrides);
  }

  async overridesOf(tenantId: string, accountIds: string[]): Promise<PriceOverride[]> {
    return accountFacts<PriceOverride>(this.db, tenantId, PriceOverrideCopies, accountIds);
  }

  async offerings(tenantId: string): Promise<OfferingVersion[]> {
    return (await this.db.tenant(tenantId).collection(Offerings).find({})).map(({ offering }) => offering);
  }

  async decks(tenantId: string): Promise<DeckRow[]> {
    return this.db.tenant(tenantId).collection(Decks).find({});
  }
}

/** A version is immutable: the second time it is the same. */
async function onceOnly(insert: () => Promise<void>): Promise<void> {
  try {
    await insert();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}
