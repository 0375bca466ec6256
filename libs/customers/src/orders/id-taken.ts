import { conflict, type Problem } from '@tollkeeper/platform';

export const idTaken = (externalId: string | undefined): Problem =>
  conflict('idTaken', `externalId ${externalId} is in use.`, 'Give the subscription another one.');
