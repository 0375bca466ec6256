import type { RateDeckVersion, StorageRef } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import { bandsOf, type DeckZoneIndex } from '@tollkeeper/tariff';

/** Head of a deck version; its rows are an immutable object in storage. */
export interface RateDeckRow extends RateDeckVersion {
  _id: string;
  state: 'draft' | 'published';
  entries: StorageRef;
  index: DeckZoneIndex;
  publicationId: string | null;
  createdAt: string;
  publishedAt: string | null;
  inForceAt: string | null;
}

export type DeckTerms = Omit<RateDeckVersion, 'deckId' | 'version' | 'currency' | 'validFrom'>;

const text = { type: String, required: true };

export const RateDecks = defineCollection<RateDeckRow>(
  'rateDecks',
  rowSchema({
    _id: text,
    deckId: text,
    version: { type: Number, required: true },
    state: text,
    currency: text,
    validFrom: text,
    servingZones: [rowSchema({ network: text, servingZone: text })],
    freeNumbers: [String],
    emergencyNumbers: [{ type: Object }],
    ownRoutingNumbers: [String],
    calendar: { type: Object },
    eea: { type: Object },
    entries: { type: Object, required: true },
    index: rowSchema({ zones: [String], servingZones: [String] }),
    publicationId: String,
    createdAt: text,
    publishedAt: String,
    inForceAt: String,
  }),
  [{ keys: { deckId: 1, version: 1 }, unique: true }],
);

export const deckFactsOf = ({ currency, validFrom, index, calendar }: RateDeckRow) => ({
  currency,
  validFrom,
  ...index,
  bands: bandsOf(calendar),
});

/** What a deck says besides its rows; what it does not say is left out. */
export const deckTermsOf = ({
  servingZones = [],
  freeNumbers = [],
  emergencyNumbers,
  ownRoutingNumbers,
  calendar,
  eea,
}: Partial<RateDeckVersion>): DeckTerms => ({
  servingZones,
  freeNumbers,
  ...(emergencyNumbers ? { emergencyNumbers } : {}),
  ...(ownRoutingNumbers ? { ownRoutingNumbers } : {}),
  ...(calendar ? { calendar } : {}),
  ...(eea ? { eea } : {}),
});

export const deckVersionOf = (row: RateDeckRow): RateDeckVersion => ({
  deckId: row.deckId,
  version: row.version,
  currency: row.currency,
  validFrom: row.validFrom,
  ...deckTermsOf(row),
});
