import { conflict, type Problem } from '@tollkeeper/platform';

export const idTaken = (externalId: string | null | undefined): Problem =>
  conflict('idTaken', `externalId ${externalId} is in use.`, 'Give the subscription another one.');
