import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { Channel } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type Claim, messageRowId, type MessageRow, Messages, type MessageState } from './message.schema';

/** What became of a claimed message; written only while the claim still holds. */
interface MessageChange {
  id: string;
  fields: Partial<MessageRow>;
}

export interface MessageFilter {
  accountId?: string;
  state?: MessageState;
  template?: string;
}

@Injectable()
export class MessageRepository {
  constructor(private readonly database: ServiceDatabase) {}

  /** A key that is there already stays as it is. */
  async enqueue(tenantId: string, rows: MessageRow[]): Promise<void> {
    await this.rows(tenantId).bulkWrite(
      rows.map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id: _id as never }, update: { $setOnInsert: fields }, upsert: true },
      })),
    );
  }

  /**
   * Takes what may be handed over now: queued messages (or, for a sweep, deferred ones that are due) and those
   * whose sender died. A message that may have reached the server before counts as repeated.
   */
  async claim(
    tenantId: string,
    ids: string[],
    claim: Claim,
    from: { deadBefore: Date; dueAt: Instant | null },
  ): Promise<MessageRow[]> {
    const rows = this.rows(tenantId);
    const among = { _id: { $in: ids } };
    const take = { $set: { state: 'sending' as const, claim, nextAt: null, mayHaveArrived: false } };
    const fresh =
      from.dueAt === null ? { state: 'queued' } : { state: 'deferred', nextAt: { $lte: from.dueAt } };
    const died = {
      state: 'sending',
      'claim.token': { $ne: claim.token },
      ...diedSending(claim.owner, from.deadBefore),
    };
    const repeated = { ...take, $inc: { attempts: 1, repeats: 1 } };
    await rows.updateMany({ ...among, ...fresh, mayHaveArrived: false }, { ...take, $inc: { attempts: 1 } });
    await rows.updateMany({ ...among, ...fresh, mayHaveArrived: true }, repeated);
    await rows.updateMany({ ...among, ...died }, repeated);
    return rows.find({ ...among, state: 'sending', 'claim.token': claim.token });
  }

  async save(tenantId: string, token: string, changes: MessageChange[]): Promise<void> {
    await this.rows(tenantId).bulkWrite(
      changes.map(({ id, fields }) => ({
        updateOne: {
          filter: { _id: id as never, state: 'sending', 'claim.token': token },
          update: { $set: { ...fields, claim: null } },
        },
      })),
    );
  }

  /** Claimed but not tried: back to where it was. */
  async release(tenantId: string, token: string, ids: string[], dueAt: Instant | null): Promise<void> {
    const filter = { _id: { $in: ids }, state: 'sending', 'claim.token': token };
    const back = dueAt === null ? { state: 'queued' } : { state: 'deferred', nextAt: dueAt };
    await this.rows(tenantId).updateMany(filter, { $set: { ...back, claim: null }, $inc: { attempts: -1 } });
  }

  async listDue(tenantId: string, channel: Channel, at: Instant, limit: number): Promise<string[]> {
    const filter = { channel, state: 'deferred', nextAt: { $lte: at } };
    return this.idsOf(tenantId, filter, { nextAt: 1, _id: 1 }, limit);
  }

  async listDead(
    tenantId: string,
    channel: Channel,
    owner: string,
    deadBefore: Date,
    limit: number,
  ): Promise<string[]> {
    return this.idsOf(
      tenantId,
      { channel, state: 'sending', ...diedSending(owner, deadBefore) },
      { _id: 1 },
      limit,
    );
  }

  async nextDueAt(tenantId: string, channel: Channel): Promise<Instant | null> {
    const next = await this.rows(tenantId).findOne(
      { channel, state: 'deferred' },
      { sort: { nextAt: 1 }, projection: { nextAt: 1 } },
    );
    return next?.nextAt ?? null;
  }

  async countByState(tenantId: string, ids: string[]): Promise<Partial<Record<MessageState, number>>> {
    const groups = await this.rows(tenantId).aggregate<{ _id: MessageState; count: number }>([
      { $match: { _id: { $in: ids } } },
      { $group: { _id: '$state', count: { $sum: 1 } } },
    ]);
    return Object.fromEntries(groups.map(({ _id, count }) => [_id, count]));
  }

  async countOpen(tenantId: string): Promise<number> {
    return this.rows(tenantId).count({ state: { $in: ['queued', 'sending'] } });
  }

  async countByStateAndTemplate(
    tenantId: string,
  ): Promise<{ state: MessageState; template: string; count: number; repeats: number }[]> {
    return this.rows(tenantId).aggregate([
      {
        $group: {
          _id: { state: '$state', template: '$template' },
          count: { $sum: 1 },
          repeats: { $sum: '$repeats' },
        },
      },
      { $project: { _id: 0, state: '$_id.state', template: '$_id.template', count: 1, repeats: 1 } },
      { $sort: { template: 1, state: 1 } },
    ]);
  }

  async find(tenantId: string, key: string): Promise<MessageRow | null> {
    return this.rows(tenantId).findOne({ _id: messageRowId(tenantId, key) });
  }

  async findMany(tenantId: string, keys: string[]): Promise<MessageRow[]> {
    return this.rows(tenantId).find({ _id: { $in: keys.map((key) => messageRowId(tenantId, key)) } });
  }

  /** Newest first, after the message `after` where one is given. */
  async list(
    tenantId: string,
    filter: MessageFilter,
    after: MessageRow | null,
    limit: number,
  ): Promise<MessageRow[]> {
    const { requestedAt, _id } = after ?? {};
    const older = after
      ? { $or: [{ requestedAt: { $lt: requestedAt } }, { requestedAt, _id: { $lt: _id } }] }
      : {};
    return this.rows(tenantId).find({ ...filter, ...older }, { sort: { requestedAt: -1, _id: -1 }, limit });
  }

  private async idsOf(
    tenantId: string,
    filter: object,
    sort: Record<string, 1>,
    limit: number,
  ): Promise<string[]> {
    const found = await this.rows(tenantId).find(filter, { sort, limit, projection: { _id: 1 } });
    return found.map(({ _id }) => _id);
  }

  private rows(tenantId: string) {
    return this.database.tenant(tenantId).collection(Messages);
  }
}

const diedSending = (owner: string, deadBefore: Date) => ({
  $or: [{ 'claim.owner': owner }, { 'claim.at': { $lt: deadBefore } }],
});
