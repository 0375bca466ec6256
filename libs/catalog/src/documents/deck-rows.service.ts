import { Injectable } from '@nestjs/common';
import type { RateEntry } from '@tollkeeper/contracts';
import { badInput, Storage } from '@tollkeeper/platform';
import { RateDeckRepository } from '../decks/rate-deck.repository';
import { deckObject } from '../decks/rate-deck.service';
import type { CatalogDocument, ImportedDeck, WholeDocument } from './document-check.service';

/** Where the rows of a document's decks come from and go to. */
@Injectable()
export class DeckRows {
  constructor(
    private readonly storage: Storage,
    private readonly decks: RateDeckRepository,
  ) {}

  /** In the order in which they begin: versions are numbered by it. */
  async load(tenantId: string, { decks, offerings }: CatalogDocument): Promise<WholeDocument> {
    const whole: ImportedDeck[] = [];
    for (const [at, { entries, entriesOfDraft, ...head }] of decks.entries()) {
      const place = `decks.${at}`;
      if (entries) whole.push({ place, deck: { ...head, entries }, stored: null, draftId: null });
      else {
        const draft = await this.decks.find(tenantId, head.deckId, entriesOfDraft ?? 0);
        if (draft?.state !== 'draft')
          throw badInput(
            `${place}.entriesOfDraft`,
            `Deck ${head.deckId} has no draft ${entriesOfDraft ?? ''}.`,
            'Send its rows first: POST /v1/catalog/rate-decks with the CSV file.',
          );
        const rows = await this.storage.readLines<RateEntry>(draft.entries);
        whole.push({ place, deck: { ...head, entries: rows }, stored: draft.entries, draftId: draft._id });
      }
    }
    const numbered = offerings.map((offering, at) => ({ offering, place: `offerings.${at}` }));
    return {
      decks: whole.sort((left, right) => (left.deck.validFrom < right.deck.validFrom ? -1 : 1)),
      offerings: numbered
        .sort((left, right) => (left.offering.validFrom < right.offering.validFrom ? -1 : 1))
        .map(({ offering }) => offering),
      places: new Map(numbered.map(({ offering, place }) => [offering, place])),
    };
  }

  async store(tenantId: string, document: WholeDocument): Promise<WholeDocument> {
    const decks: ImportedDeck[] = [];
    for (const each of document.decks) {
      const { deckId, entries } = each.deck;
      const stored = each.stored ?? (await this.storage.putLines(tenantId, deckObject(deckId), entries));
      decks.push({ ...each, stored });
    }
    return { ...document, decks };
  }
}
