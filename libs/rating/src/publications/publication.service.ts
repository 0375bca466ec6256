import { Injectable } from '@nestjs/common';
import type {
  PriceOverride,
  RateEntry,
  ReceivePublicationInput,
  WithdrawnVersionFact,
} from '@tollkeeper/contracts';
import { refusal, Storage } from '@tollkeeper/platform';
import { compileCatalog, type CompiledCatalog, type CompiledDeck, compileDeck } from '@tollkeeper/tariff';
import { PublicationRepository } from './publication.repository';
import type { DeckRow } from './publication.schema';

const mostCompiledDecks = 50;

/** The tenant's published plans and decks, ready to rate from. Compiled decks stay in memory: versions never change. */
@Injectable()
export class PublicationService {
  private readonly compiled = new Map<string, CompiledDeck>();

  constructor(
    private readonly publications: PublicationRepository,
    private readonly storage: Storage,
  ) {}

  async receive({ tenantId, publication }: ReceivePublicationInput): Promise<void> {
    if (publication.kind === 'offering')
      return this.publications.keepOffering(tenantId, publication.offering);
    const { deck } = publication;
    const lines = await this.storage.readLines<RateEntry>(publication.entries);
    try {
      compileDeck(deck, lines);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw refusal('publicationInvalid', `deck ${deck.deckId} version ${deck.version}: ${error.message}`);
    }
    const entries = await this.storage.putLines(
      tenantId,
      `rating/decks/${deck.deckId}-${deck.version}`,
      lines,
    );
    await this.publications.keepDeck(tenantId, deck, entries);
  }

  async withdraw(tenantId: string, versions: WithdrawnVersionFact[]): Promise<void> {
    await this.publications.removeOfferings(tenantId, versions);
  }

  async keepOverrides(tenantId: string, overrides: PriceOverride[]): Promise<void> {
    await this.publications.keepOverrides(tenantId, overrides);
  }

  async catalog(tenantId: string): Promise<CompiledCatalog> {
    const [offerings, rows] = await Promise.all([
      this.publications.offerings(tenantId),
      this.publications.decks(tenantId),
    ]);
    const decks = await Promise.all(rows.map((row) => this.deck(row)));
    return compileCatalog(offerings, decks);
  }

  private async deck(row: DeckRow): Promise<CompiledDeck> {
    const known = this.compiled.get(row._id);
    const deck = known ?? compileDeck(row.deck, await this.storage.readLines<RateEntry>(row.entries));
    this.compiled.delete(row._id);
    this.compiled.set(row._id, deck);
    const [oldest] = this.compiled.keys();
    if (this.compiled.size > mostCompiledDecks && oldest !== undefined) this.compiled.delete(oldest);
    return deck;
  }
}
