import { defineCollection, rowSchema } from '@tollkeeper/platform';

export interface PublicationRow {
  _id: string;
  kind: 'offering' | 'deck';
  /** Row of the offering or deck version that is published. */
  versionId: string;
  publishedAt: string;
  /** Set once rating, invoicing and customers have acknowledged it. */
  inForceAt: string | null;
}

export const Publications = defineCollection<PublicationRow>(
  'publications',
  rowSchema({
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    versionId: { type: String, required: true },
    publishedAt: { type: String, required: true },
    inForceAt: String,
  }),
  [{ keys: { versionId: 1 }, unique: true }],
);
