import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { ZipRange } from '@tollkeeper/tax';
import type { ResolvedPlace, TaxFacts } from '../domain/resolve-place';

/** An account's place for tax: what people recorded, and what follows from it. */
export interface TaxPlaceRow {
  _id: string;
  accountId: string;
  /** `null`: nobody recorded anything. */
  facts: TaxFacts | null;
  /** As of the last profile, fact or table; bills resolve it anew when they are frozen. */
  resolved: ResolvedPlace | null;
  /** `resolved.review !== null`, for the list. */
  inReview: boolean;
  resolvedAt: Instant | null;
}

/** One loaded table of ZIP codes; `edition` tells which rows count. */
export interface ZipTableRow {
  _id: string;
  edition: string;
  rows: number;
  sha256: string;
  loadedAt: Instant;
}

export interface ZipRangeRow extends ZipRange {
  _id: string;
  edition: string;
}

const text = { type: String, required: true };
const texts = { type: [String], required: true };
const evidence = [rowSchema({ kind: text, country: text, source: text })];

const vatNumber = rowSchema({
  number: text,
  country: text,
  valid: { type: Boolean, required: true },
  checkedAt: text,
  consultation: String,
});

const address = rowSchema({ lines: texts, city: text, region: String, postalCode: text, country: text });

const linePlaces = {
  type: [rowSchema({ subscriptionId: text, jurisdictions: texts, treatment: text, rule: text, evidence })],
  default: undefined,
};

const place = rowSchema({
  jurisdictions: texts,
  customer: text,
  country: text,
  treatment: text,
  rule: text,
  evidence,
  confidence: String,
  jurisdictionCode: String,
  vatNumber: String,
  lines: linePlaces,
});

export const TaxPlaces = defineCollection<TaxPlaceRow>(
  'taxPlaces',
  rowSchema({
    _id: text,
    accountId: text,
    facts: rowSchema({
      customer: text,
      vatNumber,
      evidence,
      placesOfUse: {
        type: [rowSchema({ subscriptionId: text, address: { type: address, required: true } })],
        default: undefined,
      },
      decision: rowSchema({ jurisdictions: texts, address: text, reason: text }),
    }),
    resolved: rowSchema({ place, review: String, candidates: texts }),
    inReview: { type: Boolean, required: true },
    resolvedAt: String,
  }),
  [
    { keys: { accountId: 1 }, unique: true },
    { keys: { accountId: 1, inReview: 1 }, partial: { inReview: true } },
  ],
);

export const ZipTables = defineCollection<ZipTableRow>(
  'zipTables',
  rowSchema({
    _id: text,
    edition: text,
    rows: { type: Number, required: true },
    sha256: text,
    loadedAt: text,
  }),
  [],
);

export const ZipRanges = defineCollection<ZipRangeRow>(
  'zipRanges',
  rowSchema({
    _id: text,
    edition: text,
    zip: text,
    plus4From: String,
    plus4To: String,
    jurisdictionCode: text,
    jurisdictions: texts,
    validFrom: text,
    validTo: String,
  }),
  [{ keys: { edition: 1, zip: 1 } }],
);
