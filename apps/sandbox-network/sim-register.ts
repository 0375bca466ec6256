import { mongo } from 'mongoose';
import { createHash } from 'node:crypto';
import { Problem } from '@tollkeeper/sandbox-edge';
import type { Books, OrderRow, SimRow } from './books';
import type { Order } from './requests';
import { lacksOpenLines } from './sim-state';

export interface Acknowledgement {
  iccid: string;
  state: string;
  acknowledgedAt: string;
}

export type OrderOutcome =
  | { kind: 'done'; replayed: boolean; acknowledgement: Acknowledgement }
  | { kind: 'refused'; refusal: Problem };

const DUPLICATE_KEY = 11000;
const MOST_RACES = 5;

/** Carries out orders in batches; each order has a key of its own and takes effect once. */
export class SimRegister {
  constructor(private readonly books: Books) {}

  async carryOut(tenantId: string, at: Date, orders: readonly Order[]): Promise<OrderOutcome[]> {
    for (let race = 1; ; race += 1) {
      try {
        return await this.books.write((session) => this.tryAll(tenantId, at, orders, session));
      } catch (error) {
        const lost = error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;
        // Another call has just carried out one of these keys: start again and find its row.
        if (!lost || race === MOST_RACES) throw error;
      }
    }
  }

  async find(tenantId: string, iccid: string) {
    const row = await this.books.sims.findOne({ tenantId, iccid });
    if (!row) throw new Problem(404, 'sim_not_found', `no SIM ${iccid}`);
    return simView(row);
  }

  async list(tenantId: string, limit: number, startingAfter = '') {
    const filter = { tenantId, iccid: { $gt: startingAfter } };
    const rows = await this.books.sims
      .find(filter)
      .sort({ iccid: 1 })
      .limit(limit + 1)
      .toArray();
    return { sims: rows.slice(0, limit).map(simView), hasMore: rows.length > limit };
  }

  private async tryAll(
    tenantId: string,
    at: Date,
    orders: readonly Order[],
    session: mongo.ClientSession,
  ): Promise<OrderOutcome[]> {
    const keys = orders.map((order) => order.key);
    const earlier = await this.books.orders.find({ tenantId, key: { $in: keys } }, { session }).toArray();
    const known = new Map<string, OrderRow>(earlier.map((row) => [row.key, row]));
    const fresh: { row: OrderRow; order: Order }[] = [];

    const outcomes = orders.map((order): OrderOutcome => {
      const fingerprint = fingerprintOf(order);
      const before = known.get(order.key);
      if (before && before.fingerprint !== fingerprint) return { kind: 'refused', refusal: keyReused() };
      if (before) return { kind: 'done', replayed: true, acknowledgement: acknowledgementOf(before) };
      if (lacksOpenLines(order.state, order.keepOpen))
        return { kind: 'refused', refusal: noOpenLines(order) };
      const { key, iccid, state } = order;
      const row = { tenantId, key, fingerprint, iccid, state, acknowledgedAt: at };
      known.set(key, row);
      fresh.push({ row, order });
      return { kind: 'done', replayed: false, acknowledgement: acknowledgementOf(row) };
    });

    if (fresh.length > 0) {
      await this.books.orders.insertMany(
        fresh.map(({ row }) => row),
        { session },
      );
      await this.books.sims.bulkWrite(
        fresh.map(({ order }) => simUpdate(tenantId, at, order)),
        { session },
      );
    }
    return outcomes;
  }
}

function simUpdate(tenantId: string, at: Date, order: Order): mongo.AnyBulkWriteOperation<SimRow> {
  const { iccid, state, imsi, msisdn, keepOpen } = order;
  const told = { ...(imsi && { imsi }), ...(msisdn && { msisdn }) };
  const unknown = { ...(!imsi && { imsi: null }), ...(!msisdn && { msisdn: null }) };
  return {
    updateOne: {
      filter: { tenantId, iccid },
      update: { $set: { state, keepOpen, acknowledgedAt: at, ...told }, $setOnInsert: unknown },
      upsert: true,
    },
  };
}

function fingerprintOf({ iccid, state, imsi, msisdn, keepOpen }: Order): string {
  const request = JSON.stringify([iccid, state, imsi, msisdn, keepOpen]);
  return createHash('sha256').update(request).digest('hex');
}

function acknowledgementOf({ iccid, state, acknowledgedAt }: OrderRow): Acknowledgement {
  return { iccid, state, acknowledgedAt: acknowledgedAt.toISOString() };
}

function simView({ tenantId, iccid, state, imsi, msisdn, keepOpen, acknowledgedAt }: SimRow) {
  return { tenantId, iccid, state, imsi, msisdn, keepOpen, acknowledgedAt: acknowledgedAt.toISOString() };
}

function keyReused(): Problem {
  return new Problem(422, 'idempotency_key_reused', 'this key came with another order before');
}

function noOpenLines({ state }: Order): Problem {
  return new Problem(422, 'keep_open_required', `${state} must name the lines that stay open in keepOpen`);
}
