import { expect } from '@jest/globals';
import { auditAll } from '../../tools/audit/audit';
import type { Stack } from '../../tools/stack';

type Ground = Pick<Stack, 'engines' | 'environment'>;

/** Every invariant of every tenant, once nothing is at work any more. */
export async function expectAuditToHold({ engines, environment }: Ground): Promise<void> {
  const { invariants } = await auditAll({
    mongoUri: engines.mongoUri,
    gatewayUrl: environment['SANDBOX_GATEWAY_URL'] ?? '',
    gatewayKey: environment['SANDBOX_GATEWAY_KEY'] ?? '',
    storageFolder: environment['STORAGE_FOLDER'] ?? '',
    mailFolder: engines.mailFolder,
    settled: true,
  });
  const breached = invariants.filter(({ verdict }) => verdict !== 'holds');
  expect(breached.map(({ name, tenantId, offenders }) => ({ name, tenantId, offenders }))).toEqual([]);
}
