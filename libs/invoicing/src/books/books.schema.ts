import type { Instant, LocalDate } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

export type ClosingRhythm = 'monthly' | 'daily';

/** How far a tenant's books are closed. A closed day takes no posting any more. */
export interface BooksRow {
  _id: string;
  closing: ClosingRhythm;
  /** No posting may be dated on this day or before it; set before the days are recognised. */
  closedThrough: LocalDate | null;
  /** Recognised and exported: what is between this and `closedThrough` is being closed. */
  postedThrough: LocalDate | null;
  closedAt: Instant | null;
}

const text = { type: String, required: true };

export const Books = defineCollection<BooksRow>(
  'books',
  rowSchema({ _id: text, closing: text, closedThrough: String, postedThrough: String, closedAt: String }),
  [],
);
