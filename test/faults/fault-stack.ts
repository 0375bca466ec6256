import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Document, type Filter, MongoClient } from 'mongodb';
import { runStack, type Stack } from '../../tools/stack';

const SEEN_WITHIN_MS = 240_000;
const ANSWER_WITHIN_MS = 1_000;

/** A whole stack of one spec file, to be hurt by it: engines, sandbox edges and the all-in-one process. */
export class FaultStack {
  /** One kill at a time; whoever comes meanwhile finds the process that was started for the one before. */
  private killing: Promise<void> = Promise.resolve();
  kills = 0;

  private constructor(
    readonly stack: Stack,
    readonly mongo: MongoClient,
    private readonly folder: string,
  ) {}

  static async start(): Promise<FaultStack> {
    const folder = await mkdtemp(join(tmpdir(), 'tollkeeper-faults-'));
    const stack = await runStack({
      dataFolder: folder,
      headless: true,
      log: () => undefined,
      environment: { LOG_LEVEL: 'warn' },
      onCrash: ({ name, logFile }, { code, signal }) =>
        void process.stderr.write(`${name} ended with ${code ?? signal}: ${logFile}\n`),
    });
    const mongo = new MongoClient(stack.engines.mongoUri);
    await mongo.connect();
    // The languages of the diaries speak to this stack.
    const { apiUrl, dataFolder, environment } = stack;
    process.env['SCENARIO_STACK'] = JSON.stringify({ apiUrl, dataFolder, environment });
    return new FaultStack(stack, mongo, folder);
  }

  get apiUrl(): string {
    return this.stack.apiUrl;
  }

  rows(service: string, collection: string) {
    return this.mongo.db(service).collection(collection);
  }

  /** Looks whenever a row of the collection changed: what lasts a moment is seen, and nobody looks in vain. */
  async onceSeen(
    what: string,
    [service, collection]: [service: string, collection: string],
    filter: Filter<Document>,
  ): Promise<void> {
    const rows = this.rows(service, collection);
    const changes = rows.watch([], { maxAwaitTimeMS: ANSWER_WITHIN_MS });
    try {
      const deadline = performance.now() + SEEN_WITHIN_MS;
      while (performance.now() < deadline) {
        if (await rows.findOne(filter)) return;
        await changes.tryNext();
      }
    } finally {
      await changes.close();
    }
    throw new Error(`waited ${SEEN_WITHIN_MS / 1000} s in vain: ${what}`);
  }

  /** kill -9 of the all-in-one process, and its next start; what the kill left can be looked at between the two. */
  killApp(whileDead: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    this.kills += 1;
    this.killing = this.killing.then(async () => {
      await this.stack.killApp('SIGKILL');
      await whileDead();
      await this.stack.startApp();
    });
    return this.killing;
  }

  /** mongod stands still for so long; whatever happens, it goes on afterwards. */
  async freezeMongod(forMs: number): Promise<void> {
    const { mongod } = this.stack.engines;
    if (!mongod) throw new Error('this mongod was not started here');
    process.kill(mongod.pid, 'SIGSTOP');
    try {
      await pause(forMs);
    } finally {
      process.kill(mongod.pid, 'SIGCONT');
    }
  }

  /** A fault of the sandbox gateway, for one tenant; an empty one clears it. */
  async gatewayFault(tenantId: string, fault: { latencyMs?: number }): Promise<void> {
    const { SANDBOX_GATEWAY_URL = '', SANDBOX_GATEWAY_KEY = '' } = this.stack.environment;
    const response = await fetch(new URL('/v1/faults', SANDBOX_GATEWAY_URL), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${SANDBOX_GATEWAY_KEY}`,
        'content-type': 'application/json',
        'X-Tenant': tenantId,
      },
      body: JSON.stringify(fault),
    });
    if (!response.ok) throw new Error(`the gateway refused the fault: ${response.status}`);
  }

  async stop(): Promise<void> {
    await this.killing.catch(() => undefined);
    await this.mongo.close();
    await this.stack.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
