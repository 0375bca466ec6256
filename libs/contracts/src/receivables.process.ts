import { defineProcess, type ProcessInput } from './process';

/** Wakes daily: charges what is due, opens collections for what is overdue, asks about unknown outcomes. */
export const receivables = defineProcess<ProcessInput>({
  workflow: 'receivables',
  reuse: 'reopenable',
  rank: 'receivables',
  id: ({ tenantId }) => `receivables/${tenantId}`,
});
