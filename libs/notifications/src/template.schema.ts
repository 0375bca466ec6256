import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { TemplateKey } from './domain/template-names';
import type { TemplateSource } from './template-source';

/** A tenant's own wording of a template. */
export interface TemplateRow {
  _id: string;
  name: TemplateKey;
  source: TemplateSource;
  changedAt: Instant;
}

export const Templates = defineCollection<TemplateRow>(
  'templates',
  rowSchema({
    _id: { type: String, required: true },
    name: { type: String, required: true },
    source: { type: Object, required: true },
    changedAt: { type: String, required: true },
  }),
  [{ keys: { name: 1 }, unique: true }],
);
