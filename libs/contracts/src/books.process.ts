import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { Instant, LocalDate } from '@tollkeeper/calendar';
import { defineProcess, type ProcessEvent, type ProcessInput } from './process';

/** Closes a tenant's days: recognises what they earned and hands their journal over. Wakes monthly, daily only where asked. */
export const books = defineProcess<ProcessInput>({
  workflow: 'books',
  reuse: 'reopenable',
  rank: 'books',
  id: ({ tenantId }) => `books/${tenantId}`,
});

/** The rhythm was changed, or a person asked to close days before their time. */
export const booksChanged = defineSignal<[ProcessEvent]>('booksChanged');

export interface BooksState {
  /** Days that are being closed at the moment. */
  closingThrough: LocalDate | null;
  nextCloseAt: Instant | null;
}

export const booksState = defineQuery<BooksState>('booksState');
