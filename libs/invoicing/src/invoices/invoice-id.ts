import { createHash } from 'node:crypto';

/** The same account in the same run always gives the same draft. */
export const invoiceIdOf = (tenantId: string, runId: string, accountId: string): string =>
  `inv_${createHash('sha256').update(`${tenantId}/${runId}/${accountId}`).digest('hex').slice(0, 20)}`;
