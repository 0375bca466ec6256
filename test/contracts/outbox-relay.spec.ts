import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ObjectId } from 'mongodb';
import { defineSignal } from '@temporalio/workflow';
import type { MessageRequest } from '@tollkeeper/contracts';
import { createLogger } from '../../libs/platform/src/logger';
import { ServiceDatabase } from '../../libs/platform/src/mongo/service-database';
import { Outbox, outboxCollection } from '../../libs/platform/src/outbox/outbox';
import { Relay } from '../../libs/platform/src/outbox/relay';
import type { Processes } from '../../libs/platform/src/temporal/processes';
import { freePort, type RunningProcess, startMongod } from '../../tools/engines';

const tenantId = 'ten_outbox';
const at = '2026-02-01T06:00:00.000Z';
const factOf = (no: number) => ({ key: `k${no}` }) as MessageRequest;
const factsOf = (count: number) => Array.from({ length: count }, (_, no) => factOf(no));

describe('the relay of an outbox, on a real MongoDB', () => {
  let folder = '';
  let mongod: RunningProcess | undefined;
  let database: ServiceDatabase;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tollkeeper-outbox-'));
    const started = await startMongod({ dataFolder: folder, port: await freePort(), log: () => undefined });
    mongod = started.process;
    database = await ServiceDatabase.connect('payments', started.uri, [outboxCollection]);
  }, 120_000);
  afterAll(async () => {
    await database.close();
    await mongod?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const outboxRows = () => database.tenant(tenantId).collection(outboxCollection);

  /** What leaves, in order: facts by batch, signals by name. The first `failures` starts fail. */
  async function relayed(failures = 0): Promise<{ left: string[]; keys: string[] }> {
    const left: string[] = [];
    const keys: string[] = [];
    let fails = failures;
    const processes = {
      start: (_process: unknown, { batchKey, facts }: { batchKey: string; facts: MessageRequest[] }) => {
        keys.push(batchKey);
        if (fails-- > 0) return Promise.reject(new Error('away'));
        left.push(`${facts.length} facts from ${facts[0]?.key} to ${facts.at(-1)?.key}`);
        return Promise.resolve();
      },
      signal: (_tenant: string, processId: string) => Promise.resolve(void left.push(processId)),
    } as unknown as Processes;
    const relay = new Relay(database, new Outbox(database), processes, createLogger('silent'));
    relay.start();
    let waiting = 1;
    while (waiting > 0) waiting = await outboxRows().count({});
    await relay.stop();
    return { left, keys };
  }

  it('carries each fact once and in order, whatever its row holds; facts go before signals', async () => {
    const outbox = new Outbox(database);
    await outboxRows().insertOne({
      ...{ _id: new ObjectId(), tenantId, at, batchKey: null, error: null },
      message: { kind: 'fact', topic: 'messageRequested', fact: factOf(0) },
    });
    await database.transaction(async () => {
      await outbox.signal(
        tenantId,
        'collection/ten/acc',
        defineSignal<[{ eventId: string; at: string }]>('x'),
        {
          eventId: 'e',
          at,
        },
      );
      await outbox.tell(tenantId, at, 'messageRequested', factsOf(450));
      await outbox.tell(tenantId, at, 'messageRequested', factsOf(30));
    });
    expect(await outboxRows().count({})).toBe(6);
    expect((await relayed()).left).toEqual([
      '1 facts from k0 to k0',
      '200 facts from k0 to k199',
      '200 facts from k200 to k399',
      '80 facts from k400 to k29',
      'collection/ten/acc',
    ]);
  });

  it('a batch that did not leave is sent again as it was, under its key', async () => {
    const outbox = new Outbox(database);
    await database.transaction(() => outbox.tell(tenantId, at, 'messageRequested', factsOf(3)));
    const { left, keys } = await relayed(1);
    expect(left).toEqual(['3 facts from k0 to k2']);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });
});
