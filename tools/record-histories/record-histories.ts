import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';

/** The repository keeps them for ever: a longer one is cut where a workflow task was about to be worked on. */
const maxEvents = 300;
const workflowTaskStarted = 6;

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
    if (!workflowId.includes(`/${tenantId}`)) continue;
    if (isBetter(historyLength, chosen.get(type)?.events))
      chosen.set(type, { workflowId, runId, events: historyLength });
  }
  await mkdir(historiesFolder(), { recursive: true });
  for (const [type, { workflowId, runId }] of chosen) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const events = cut(history.events ?? []);
    const kept = { workflowId, history: JSON.parse(historyToJSON({ events })) as object };
    await writeFile(join(historiesFolder(), `${type}.json`), `${JSON.stringify(kept)}\n`);
  }
  await connection.close();
  return [...chosen.keys()].sort();
}

/** The longest that fits; of those that do not fit any will do. */
const isBetter = (length: number, than: number | undefined): boolean =>
  than === undefined || (length <= maxEvents && (than > maxEvents || length > than));

function cut<Event extends { eventType?: unknown }>(events: Event[]): Event[] {
  if (events.length <= maxEvents) return events;
  const last = events.findLastIndex(
    ({ eventType }, index) => eventType === workflowTaskStarted && index < maxEvents,
  );
  return events.slice(0, last + 1);
}
