import { expect } from '@jest/globals';
import { auditAll } from '../../tools/audit/audit';
import type { FaultStack } from './fault-stack';

/** Every invariant of every tenant, once nothing is at work any more. */
export async function expectAuditToHold({ stack }: FaultStack): Promise<void> {
  const { engines, environment } = stack;
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
