import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { Channel, FactBatch, MessageRequest, StorageRef } from '@tollkeeper/contracts';
import { notFound, type Page, pageOf, pendingOutbox, ServiceDatabase, Storage } from '@tollkeeper/platform';
import { stepOwner } from './activity-context';
import { deadBefore, MessageDelivery } from './deliver-messages';
import { messageIdOf } from './message-id';
import { type MessageFilter, MessageRepository } from './message.repository';
import { messageRowId, type MessageRow, messageView, type MessageView } from './message.schema';
import { TenantProfileRepository } from './tenant-profile.repository';

const rowsPerWrite = 500;
const sweepLimit = 500;
/** Well inside the time that Temporal gives a short and a bulk step; what does not fit waits for the sweeper. */
const shortBudgetMs = 8_000;
const bulkBudgetMs = 12 * 60_000;

interface BatchResult {
  sent: number;
  deferred: number;
  failed: number;
}

/** Takes requests in, once per key, and sends them. */
@Injectable()
export class MessageService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly messages: MessageRepository,
    private readonly profiles: TenantProfileRepository,
    private readonly delivery: MessageDelivery,
    private readonly storage: Storage,
  ) {}

  async sendBatch({
    tenantId,
    batchKey,
    messages,
    at,
  }: {
    tenantId: string;
    batchKey: string;
    messages: StorageRef;
    at: Instant;
  }): Promise<BatchResult> {
    const requests = await this.storage.readLines<MessageRequest>(messages);
    return this.takeAndSend(tenantId, requests, { owner: stepOwner(batchKey), at, budgetMs: bulkBudgetMs });
  }

  async sendRequested({ tenantId, at, facts }: FactBatch<'messageRequested'>): Promise<void> {
    await this.takeAndSend(tenantId, facts, { owner: stepOwner('requested'), at, budgetMs: shortBudgetMs });
  }

  async sendDeferred({
    tenantId,
    channel,
    at,
  }: {
    tenantId: string;
    channel: Channel;
    at: Instant;
  }): Promise<{ sent: number; nextAt: Instant | null }> {
    const owner = stepOwner('sweep');
    const dead = await this.messages.listDead(tenantId, channel, owner, deadBefore(), sweepLimit);
    const due = await this.messages.listDue(tenantId, channel, at, sweepLimit);
    const ids = [...new Set([...dead, ...due])];
    await this.delivery.deliver({ tenantId, channel, ids, owner, at, sweep: true, budgetMs: shortBudgetMs });
    const { sent = 0 } = await this.messages.countByState(tenantId, ids);
    return { sent, nextAt: await this.messages.nextDueAt(tenantId, channel) };
  }

  /** Deferred messages are not pending work: the sweeper holds their next instant. */
  async pendingWork(tenantId: string): Promise<{ pending: number; oldestError?: string }> {
    const open = await this.messages.countOpen(tenantId);
    const outbox = await pendingOutbox(this.database, tenantId);
    return { ...outbox, pending: outbox.pending + open };
  }

  async list(
    tenantId: string,
    filter: MessageFilter,
    { startingAfter, limit }: { startingAfter?: string; limit: number },
  ): Promise<Page<MessageView>> {
    const after = startingAfter === undefined ? null : await this.find(tenantId, startingAfter);
    const rows = await this.messages.list(tenantId, filter, after, limit + 1);
    return pageOf(rows.map(messageView), limit);
  }

  async one(tenantId: string, key: string): Promise<MessageView> {
    return messageView(await this.find(tenantId, key));
  }

  /** What became of messages: delivered is what the server of the addressee took over. */
  async states(
    tenantId: string,
    keys: string[],
  ): Promise<{ key: string; state: string; deliveredAt: Instant | null }[]> {
    const rows = await this.messages.findMany(tenantId, keys);
    return rows.map(({ key, state, sentAt }) => ({
      key,
      state,
      deliveredAt: state === 'sent' ? sentAt : null,
    }));
  }

  async summary(tenantId: string) {
    const counts = await this.messages.countByStateAndTemplate(tenantId);
    return { total: counts.reduce((total, { count }) => total + count, 0), counts };
  }

  private async find(tenantId: string, key: string): Promise<MessageRow> {
    const row = await this.messages.find(tenantId, key);
    if (!row) throw notFound('message', key);
    return row;
  }

  private async takeAndSend(
    tenantId: string,
    requests: MessageRequest[],
    { owner, at, budgetMs }: { owner: string; at: Instant; budgetMs: number },
  ): Promise<BatchResult> {
    const rows = await this.rowsOf(tenantId, requests);
    for (let from = 0; from < rows.length; from += rowsPerWrite)
      await this.messages.enqueue(tenantId, rows.slice(from, from + rowsPerWrite));
    const ids = [...new Set(rows.map((row) => row._id))];
    for (const channel of new Set(rows.map((row) => row.channel))) {
      const ofChannel = rows.filter((row) => row.channel === channel).map((row) => row._id);
      await this.delivery.deliver({
        tenantId,
        channel,
        ids: [...new Set(ofChannel)],
        owner,
        at,
        sweep: false,
        budgetMs,
      });
    }
    const {
      sent = 0,
      deferred = 0,
      failed = 0,
      suppressed = 0,
      queued = 0,
      sending = 0,
    } = await this.messages.countByState(tenantId, ids);
    if (queued + sending > 0)
      throw new Error(`${queued + sending} messages are in the hands of another sender: look again`);
    return { sent, deferred, failed: failed + suppressed };
  }

  private async rowsOf(tenantId: string, requests: MessageRequest[]): Promise<MessageRow[]> {
    const profile = await this.profiles.find(tenantId);
    if (!profile) throw new Error(`tenant ${tenantId} is not known to notifications yet`);
    return requests.map((request) => ({
      ...emptyRow,
      ...request,
      _id: messageRowId(tenantId, request.key),
      messageId: messageIdOf(tenantId, request.key, profile.supportEmail),
    }));
  }
}

const emptyRow = {
  state: 'queued' as const,
  to: null,
  subject: null,
  attempts: 0,
  repeats: 0,
  mayHaveArrived: false,
  claim: null,
  smtpResponse: null,
  failure: null,
  sentAt: null,
  nextAt: null,
};
