import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';

/** Longer ones prove nothing more, and the repository keeps them for ever. */
const maxEvents = 400;

function historiesFolder(): string {
  const above = resolve(__dirname, '..', '..');
  const root = basename(above) === 'dist' ? resolve(above, '..') : above;
  return join(root, 'libs', 'workflows', 'src', 'histories');
}

/**
 * Keeps one run of every workflow type of a tenant, the one with the most events that is not too long:
 * CI replays them against today's code.
 */
export async function recordHistories(temporalAddress: string, tenantId: string): Promise<string[]> {
  const connection = await Connection.connect({ address: temporalAddress });
  const client = new Client({ connection });
  const chosen = new Map<string, { workflowId: string; runId: string; events: number }>();
  for await (const { type, workflowId, runId, historyLength } of client.workflow.list()) {
    if (!workflowId.includes(`/${tenantId}`) || historyLength > maxEvents) continue;
    if ((chosen.get(type)?.events ?? 0) < historyLength)
      chosen.set(type, { workflowId, runId, events: historyLength });
  }
  await mkdir(historiesFolder(), { recursive: true });
  for (const [type, { workflowId, runId }] of chosen) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const kept = { workflowId, history: JSON.parse(historyToJSON(history)) as object };
    await writeFile(join(historiesFolder(), `${type}.json`), `${JSON.stringify(kept)}\n`);
  }
  await connection.close();
  return [...chosen.keys()].sort();
}
