import { defineQuery } from '@temporalio/workflow';
import { defineProcess, type ProcessInput } from './process';
import type { ImportProgress } from './rating.contract';

/** One usage file, resumable by offset. */
export interface UsageImportInput extends ProcessInput {
  importId: string;
}

export const usageImport = defineProcess<UsageImportInput>({
  workflow: 'usageImport',
  reuse: 'once',
  rank: 'usage',
  id: ({ tenantId, importId }) => `usage-import/${tenantId}/${importId}`,
});

export const importProgress = defineQuery<ImportProgress>('importProgress');
