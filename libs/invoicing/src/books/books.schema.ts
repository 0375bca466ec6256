import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { StorageRef } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { ClosingRhythm } from './domain/closing-days';
import type { JournalFile, JournalTotal } from './domain/journal-text';

/** How far a tenant's books are closed. A closed day takes no posting any more. */
export interface BooksRow {
  _id: string;
  closing: ClosingRhythm;
  /** No posting may be dated on this day or before it; set before the days are recognised. */
  closedThrough: LocalDate | null;
  /** Recognised and exported: what is between this and `closedThrough` is being closed. */
  postedThrough: LocalDate | null;
  closedAt: Instant | null;
  /** Days that a person asked to close before their time. */
  wantedThrough: LocalDate | null;
}

const text = { type: String, required: true };

export const Books = defineCollection<BooksRow>(
  'books',
  rowSchema({
    _id: text,
    closing: text,
    closedThrough: String,
    postedThrough: String,
    closedAt: String,
    wantedThrough: String,
  }),
  [],
);

/** What a closed day was handed over as; a day without postings has no row. */
export interface JournalDayRow {
  _id: string;
  on: LocalDate;
  closedAt: Instant;
  postings: number;
  totals: JournalTotal[];
  files: Record<JournalFile, StorageRef>;
}

const long = { type: BigInt, required: true };

export const JournalDays = defineCollection<JournalDayRow>(
  'journalDays',
  rowSchema({
    _id: text,
    on: text,
    closedAt: text,
    postings: { type: Number, required: true },
    totals: [rowSchema({ account: text, currency: text, debitMinor: long, creditMinor: long })],
    files: { type: Object, required: true },
  }),
  [{ keys: { on: 1 }, unique: true }],
);
