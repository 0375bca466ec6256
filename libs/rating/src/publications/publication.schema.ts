import type { OfferingVersion, RateDeckVersion, StorageRef } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Immutable copies of what catalog published. */
export interface OfferingRow {
  _id: string;
  offering: OfferingVersion;
}

export interface DeckRow {
  _id: string;
  deck: RateDeckVersion;
  /** Rating's own copy of the entries: the handover's object is purged by age. */
  entries: StorageRef;
}

export const Offerings = defineCollection<OfferingRow>(
  'offerings',
  rowSchema({ _id: { type: String, required: true }, offering: { type: Object, required: true } }),
  [{ keys: { _id: 1 } }],
);

export const Decks = defineCollection<DeckRow>(
  'decks',
  rowSchema({
    _id: { type: String, required: true },
    deck: { type: Object, required: true },
    entries: { type: Object, required: true },
  }),
  [{ keys: { _id: 1 } }],
);
