import { defineSignal } from '@temporalio/workflow';
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
