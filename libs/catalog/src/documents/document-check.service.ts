import { Injectable } from '@nestjs/common';
import type { RateDeckVersion, RateEntry, StorageRef } from '@tollkeeper/contracts';
import {
  bandsOf,
  checkDeckHead,
  checkDeckRules,
  checkEntries,
  checkServingZones,
  type Finding,
  indexZones,
  indexZonesOf,
  inside,
  type OfferingDraft,
} from '@tollkeeper/tariff';
import { OfferingGround } from '../offerings/offering-ground.service';
import { RateDeckRepository } from '../decks/rate-deck.repository';

type DeckHead = Omit<RateDeckVersion, 'version'>;

export interface CatalogDocument {
  /** Rows in the document, or those of a draft that was sent as CSV. */
  decks: (DeckHead & { entries?: RateEntry[]; entriesOfDraft?: number })[];
  offerings: OfferingDraft[];
}

export interface ImportedDeck {
  place: string;
  deck: DeckHead & { entries: RateEntry[] };
  stored: StorageRef | null;
  draftId: string | null;
}

/** With all rows at hand; versions of one thing by their beginning. */
export interface WholeDocument {
  decks: ImportedDeck[];
  offerings: OfferingDraft[];
  /** `offerings.3`: where each stands in the document. */
  places: ReadonlyMap<OfferingDraft, string>;
}

/** All that is wrong with a document in this catalog, at the places of the document. */
@Injectable()
export class DocumentCheck {
  constructor(
    private readonly decks: RateDeckRepository,
    private readonly ground: OfferingGround,
  ) {}

  async check(tenantId: string, { decks, offerings, places }: WholeDocument): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const [index, { deck, place }] of decks.entries()) {
      const before = decks.slice(0, index).filter((each) => each.deck.deckId === deck.deckId);
      const previous = before.at(-1)?.deck ?? (await this.decks.newest(tenantId, deck.deckId, 'published'));
      const found = [
        ...checkDeckHead(deck, previous),
        ...checkEntries(deck.entries),
        ...checkServingZones(deck.servingZones, indexZones(deck.entries)),
        ...checkDeckRules(deck, deck.entries),
      ];
      findings.push(...inside(place, found));
    }
    const beside = { decks: decks.map(({ deck }) => contentOf(deck)), offerings, rows: new Map() };
    for (const offering of offerings) {
      const found = await this.ground.check(tenantId, offering, 'published', beside);
      findings.push(...inside(places.get(offering) ?? 'offerings', found));
    }
    return findings;
  }
}

const contentOf = (deck: ImportedDeck['deck']) => ({
  deckId: deck.deckId,
  facts: {
    ...{ currency: deck.currency, validFrom: deck.validFrom, ...indexZones(deck.entries) },
    bands: bandsOf(deck.calendar),
    zonesOf: indexZonesOf(deck.entries),
  },
  whole: deck,
});
