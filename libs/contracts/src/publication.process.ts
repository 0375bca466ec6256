import { defineProcess, type ProcessInput } from './process';

/** Pushes one immutable version to rating, invoicing and customers; in force once all have acknowledged. */
export interface PublicationInput extends ProcessInput {
  publicationId: string;
}

export const publication = defineProcess<PublicationInput>({
  workflow: 'publication',
  reuse: 'once',
  rank: 'usage',
  id: ({ tenantId, publicationId }) => `publication/${tenantId}/${publicationId}`,
});
