import { setTimeout as pause } from 'node:timers/promises';
import { defineSignal } from '@temporalio/workflow';
import { distribution, type ProcessEvent } from '@tollkeeper/contracts';
import type { Logger } from '../logger';
import type { ServiceDatabase } from '../mongo/service-database';
import type { Processes } from '../temporal/processes';
import { batchesOf, type FactMessage, factsOf } from './fact-batches';
import { type Outbox, outboxCollection, type OutboxRow } from './outbox';

const rowsPerRound = 500;
/** Looked at without being told only for what a process that died left behind: seldom while nothing is there. */
const idlePollMs = { first: 500, longest: 4_000 };
const pauseAfterErrorMs = 1000;

type FactRow = OutboxRow & { message: FactMessage };

/** Empties a service's outbox in order. Anyone may run it twice: batches and events keep their identity. */
export class Relay {
  private running: Promise<void> | null = null;
  private readonly stopping = new AbortController();
  private wake: () => void = () => undefined;

  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly processes: Processes,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.outbox.committed.on('committed', () => this.wake());
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    let idleMs = idlePollMs.first;
    while (!this.stopping.signal.aborted) {
      const committed = new Promise<void>((resolve) => (this.wake = resolve));
      const round = await this.round().catch((error: unknown) => this.report(error));
      if (round === null) await pause(pauseAfterErrorMs);
      else if (round.moved === 0) await Promise.race([committed, pause(idleMs)]);
      idleMs = round?.found === 0 ? Math.min(idleMs * 2, idlePollMs.longest) : idlePollMs.first;
    }
  }

  private report(error: unknown): null {
    this.logger.warn(
      { err: error, service: this.database.service },
      'the outbox relay failed and will try again',
    );
    return null;
  }

  private async round(): Promise<{ found: number; moved: number }> {
    const rows = (await this.rows
      .find({})
      .sort({ _id: 1 })
      .limit(rowsPerRound)
      .toArray()) as unknown as OutboxRow[];
    let moved = 0;
    for (const tenantId of new Set(rows.map((row) => row.tenantId))) {
      const own = rows.filter((row) => row.tenantId === tenantId);
      const done = await this.relayTenant(own).then(
        () => true,
        (error: unknown) => this.keepError(tenantId, own, error),
      );
      if (done) moved += own.length;
    }
    return { found: rows.length, moved };
  }

  /** One tenant's trouble does not hold up the others; whoever waits for this tenant can read the cause. */
  private async keepError(tenantId: string, rows: OutboxRow[], error: unknown): Promise<false> {
    this.report(error);
    const cause = error instanceof Error ? error.message : String(error);
    const ids = rows.map((row) => row._id);
    await this.rows.updateMany({ tenantId, _id: { $in: ids } }, { $set: { error: cause } });
    return false;
  }

  /** A tenant's facts go before its starts and signals of the same round: who is woken finds them under way. */
  private async relayTenant(rows: OutboxRow[]): Promise<void> {
    for (const batch of batchesOf(rows.filter(isFact))) await this.relayFacts(batch);
    for (const row of rows.filter((each) => !isFact(each))) await this.relayOne(row);
  }

  private async relayFacts(rows: FactRow[]): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const batchKey = first.batchKey ?? `${this.database.service}-${first._id.toHexString()}-${rows.length}`;
    const ids = rows.map((row) => row._id);
    if (first.batchKey === null)
      await this.rows.updateMany({ tenantId: first.tenantId, _id: { $in: ids } }, { $set: { batchKey } });
    await this.processes.start(distribution, {
      tenantId: first.tenantId,
      at: first.at,
      batchKey,
      topic: first.message.topic,
      facts: rows.flatMap((row) => factsOf(row.message)),
    });
    await this.rows.deleteMany({ tenantId: first.tenantId, _id: { $in: ids } });
  }

  private async relayOne({ _id, tenantId, message }: OutboxRow): Promise<void> {
    if (message.kind === 'start') {
      const { workflow, reuse, processId, input } = message;
      await this.processes.start({ workflow, reuse, rank: 'usage', id: () => processId }, input);
    } else if (message.kind === 'signal') {
      await this.processes.signal(
        tenantId,
        message.processId,
        defineSignal<[ProcessEvent]>(message.signal),
        message.event,
      );
    }
    await this.rows.deleteOne({ tenantId, _id });
  }

  private get rows() {
    return this.database.acrossTenants(outboxCollection);
  }
}

const isFact = (row: OutboxRow): row is FactRow =>
  row.message.kind === 'fact' || row.message.kind === 'facts';
