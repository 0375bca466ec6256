import type { OfferingVersion } from '@tollkeeper/contracts';
import { canonicalJson } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** A draft can be changed or discarded; published it never changes; withdrawn before its time it never was in force. */
type VersionState = 'draft' | 'published' | 'withdrawn';

export interface OfferingRow {
  _id: string;
  offeringId: string;
  version: number;
  state: VersionState;
  currency: string;
  validFrom: string;
  /** Whole, as it was written. */
  offering: OfferingVersion;
  /** As it is told: a bundle with what its components contain. Null: as it was written. */
  told: OfferingVersion | null;
  publicationId: string | null;
  createdAt: string;
  publishedAt: string | null;
  inForceAt: string | null;
  withdrawnAt: string | null;
}

/** Contents are kept as `canonicalJson`; rows of the first release have the fields beside them instead. */
export interface StoredOffering extends Omit<OfferingRow, 'offering' | 'told' | 'withdrawnAt'> {
  content?: string;
  told?: string | null;
  withdrawnAt?: string | null;
}

const text = { type: String, required: true };

export const Offerings = defineCollection<StoredOffering>(
  'offerings',
  rowSchema({
    _id: text,
    offeringId: text,
    version: { type: Number, required: true },
    state: text,
    currency: text,
    validFrom: text,
    content: String,
    told: String,
    publicationId: String,
    createdAt: text,
    publishedAt: String,
    inForceAt: String,
    withdrawnAt: String,
  }),
  [{ keys: { offeringId: 1, version: 1 }, unique: true }, { keys: { state: 1, validFrom: 1 } }],
);

export const storedOffering = ({ offering, told, ...row }: OfferingRow): StoredOffering => ({
  ...row,
  content: canonicalJson(offering),
  told: told && canonicalJson(told),
});

export function offeringRowOf({ content, told, withdrawnAt, ...row }: StoredOffering): OfferingRow {
  const { _id, offeringId, version, state, currency, validFrom, publicationId, createdAt, publishedAt, inForceAt } =
    row; // prettier-ignore
  return {
    ...{ _id, offeringId, version, state, currency, validFrom, publicationId, createdAt, publishedAt },
    inForceAt,
    offering: content === undefined ? firstRelease(row) : (JSON.parse(content) as OfferingVersion),
    told: told ? (JSON.parse(told) as OfferingVersion) : null,
    withdrawnAt: withdrawnAt ?? null,
  };
}

function firstRelease(row: object): OfferingVersion {
  const { offeringId, version, name, currency, validFrom, deckId, recurringCharges, allowances, usageTaxCode, paidInAdvance } =
    row as OfferingVersion; // prettier-ignore
  return {
    ...{ offeringId, version, name, currency, validFrom, deckId, recurringCharges, allowances },
    ...{ usageTaxCode, paidInAdvance },
  };
}
