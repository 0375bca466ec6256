import type { ServiceDatabase } from '../mongo/service-database';
import { outboxCollection } from './outbox';

/** A service's share of `pendingWork`: outbox rows that the relay has not carried on yet. */
export async function pendingOutbox(
  database: ServiceDatabase,
  tenantId: string,
): Promise<{ pending: number; oldestError?: string }> {
  const rows = database.tenant(tenantId).collection(outboxCollection);
  const pending = await rows.count({});
  if (pending === 0) return { pending };
  const stuck = await rows.findOne({ error: { $ne: null } });
  return { pending, oldestError: stuck?.error ?? undefined };
}
