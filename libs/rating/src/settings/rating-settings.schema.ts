import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { SessionRules } from '@tollkeeper/tariff';

/** A tenant's rules of rating; a tenant without a row has the defaults. */
export interface RatingSettingsRow extends SessionRules {
  _id: string;
}

export const RatingSettings = defineCollection<RatingSettingsRow>(
  'ratingSettings',
  rowSchema({
    _id: { type: String, required: true },
    silenceHours: { type: Number, required: true },
    edges: [{ type: String }],
    sessions: { type: String, required: true },
    calls: { type: String, required: true },
  }),
  [],
);
