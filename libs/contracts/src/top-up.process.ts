import type { TopUpInput } from './prepaid.contract';
import { defineProcess } from './process';

/** A payer loads money onto the account's top-up balance by card. */
export const topUp = defineProcess<TopUpInput>({
  workflow: 'topUp',
  reuse: 'once',
  rank: 'receivables',
  id: ({ tenantId, topUpId }) => `top-up/${tenantId}/${topUpId}`,
});
