import { EventEmitter } from 'node:events';
import { ObjectId } from 'mongodb';
import type { SignalDefinition } from '@temporalio/common';
import type {
  FactTopic,
  Facts,
  ProcessDefinition,
  ProcessEvent,
  ProcessInput,
  TenantId,
} from '@tollkeeper/contracts';
import { defineCollection, type CollectionDefinition } from '../mongo/collection-definition';
import { rowSchema, type ServiceDatabase } from '../mongo/service-database';
import { type FactMessage, factsByRow } from './fact-batches';

type OutboxMessage =
  | FactMessage
  | { kind: 'start'; workflow: string; reuse: 'once' | 'reopenable'; processId: string; input: ProcessInput }
  | { kind: 'signal'; processId: string; signal: string; event: ProcessEvent };

export interface OutboxRow {
  _id: ObjectId;
  tenantId: TenantId;
  at: string;
  message: OutboxMessage;
  /** Set before the batch leaves, so that a relay that died sends the same batch again. */
  batchKey: string | null;
  error: string | null;
}

export const outboxCollection: CollectionDefinition<OutboxRow> = defineCollection<OutboxRow>(
  'outbox',
  rowSchema({
    _id: { type: 'ObjectId', required: true },
    at: { type: String, required: true },
    message: { type: Object, required: true },
    batchKey: String,
    error: String,
  }),
  [{ keys: { _id: 1 } }],
);

/**
 * What a service tells the world is written in the transaction of the change that caused it. The relay
 * carries it on: facts to their receivers, starts and signals to processes.
 */
export class Outbox {
  readonly committed = new EventEmitter();

  constructor(private readonly database: ServiceDatabase) {}

  async tell<Topic extends FactTopic>(
    tenantId: TenantId,
    at: string,
    topic: Topic,
    facts: Facts[Topic][],
  ): Promise<void> {
    await this.write(
      tenantId,
      at,
      factsByRow(facts).map((each) => ({ kind: 'facts' as const, topic, facts: each })),
    );
  }

  async start<Input extends ProcessInput>(
    definition: ProcessDefinition<Input>,
    inputs: Input[],
  ): Promise<void> {
    const [first] = inputs;
    if (!first) return;
    const messages = inputs.map((input) => ({
      kind: 'start' as const,
      workflow: definition.workflow,
      reuse: definition.reuse,
      processId: definition.id(input),
      input,
    }));
    await this.write(first.tenantId, first.at, messages);
  }

  async signal<Event extends ProcessEvent>(
    tenantId: TenantId,
    processId: string,
    signal: SignalDefinition<[Event]>,
    event: Event,
  ): Promise<void> {
    await this.signalEach(tenantId, signal, [{ processId, event }]);
  }

  /** The same news for many processes. */
  async signalEach<Event extends ProcessEvent>(
    tenantId: TenantId,
    signal: SignalDefinition<[Event]>,
    signals: readonly { processId: string; event: Event }[],
  ): Promise<void> {
    const [first] = signals;
    if (!first) return;
    const messages = signals.map((each) => ({ kind: 'signal' as const, ...each, signal: signal.name }));
    await this.write(tenantId, first.event.at, messages);
  }

  private async write(tenantId: TenantId, at: string, messages: OutboxMessage[]): Promise<void> {
    if (messages.length === 0) return;
    if (!this.database.session)
      throw new Error('an outbox row is written in the transaction of the change that causes it');
    const rows = messages.map((message) => ({
      _id: new ObjectId(),
      tenantId,
      at,
      message,
      batchKey: null,
      error: null,
    }));
    await this.database.tenant(tenantId).collection(outboxCollection).insertMany(rows);
    this.database.afterCommit(() => this.committed.emit('committed'));
  }
}
