import { defineProcess, type ProcessInput } from './process';

/** A payer asked to pay all that is open with the default method, now. */
export interface PayNowInput extends ProcessInput {
  requestId: string;
  accountId: string;
}

export const payNow = defineProcess<PayNowInput>({
  workflow: 'payNow',
  reuse: 'once',
  rank: 'receivables',
  id: ({ tenantId, requestId }) => `pay-now/${tenantId}/${requestId}`,
});
