import { defineProcess, type ProcessInput } from './process';

/** The entries of a bank's statements, which are stored, are matched and booked. */
export interface StatementImportInput extends ProcessInput {
  importId: string;
}

export const statementImport = defineProcess<StatementImportInput>({
  workflow: 'statementImport',
  reuse: 'once',
  rank: 'receivables',
  id: ({ tenantId, importId }) => `statement-import/${tenantId}/${importId}`,
});
