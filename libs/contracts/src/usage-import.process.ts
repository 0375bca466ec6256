import { defineProcess, type ProcessInput } from './process';

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
