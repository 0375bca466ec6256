import { mongo } from 'mongoose';
import { createHash } from 'node:crypto';
import { kindly, treatmentOf } from './behaviour';
import type { Books, OrderRow } from './books';
import type { Order } from './requests';
import { carryOut } from './carry-out';
import { lacksOpenLines } from './sim-state';

export interface OrderAnswer {
  key: string;
  status: 200 | 202 | 404 | 422;
  code?: string;
  detail?: string;
  acknowledgedAt?: string;
}

const DUPLICATE_KEY = 11000;
const MOST_RACES = 5;

/** Takes orders in batches; each has a key of its own and takes effect once, at once or later. */
export class OrderBook {
  constructor(private readonly books: Books) {}

  async take(tenantId: string, at: Date, orders: readonly Order[]): Promise<OrderAnswer[]> {
    for (let race = 1; ; race += 1) {
      try {
        return await this.books.write((session) => this.tryAll(tenantId, at, orders, session));
      } catch (error) {
        const lost = error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;
        // Another call has just taken one of these keys: start again and find its row.
        if (!lost || race === MOST_RACES) throw error;
      }
    }
  }

  /** What came of orders; those that fell due meanwhile are carried out first. */
  async answers(tenantId: string, at: Date, keys: readonly string[]): Promise<OrderAnswer[]> {
    await this.books.write((session) => this.carryOutDue(tenantId, at, session));
    const rows = await this.books.orders.find({ tenantId, key: { $in: [...keys] } }).toArray();
    const known = new Map(rows.map((row) => [row.key, row]));
    return keys.map((key) => {
      const row = known.get(key);
      return row ? answerOf(row) : { key, status: 404, code: 'order_not_found', detail: `no order ${key}` };
    });
  }

  /** Somebody says that what the network was silent about is done. */
  async acknowledgeSilent(tenantId: string, at: Date): Promise<{ acknowledged: number }> {
    return this.books.write(async (session) => {
      const silent = { tenantId, status: 'accepted' as const, dueAt: null };
      await this.books.orders.updateMany(silent, { $set: { dueAt: at } }, { session });
      return { acknowledged: await this.carryOutDue(tenantId, at, session) };
    });
  }

  private async tryAll(
    tenantId: string,
    at: Date,
    orders: readonly Order[],
    session: mongo.ClientSession,
  ): Promise<OrderAnswer[]> {
    const keys = orders.map((order) => order.key);
    const earlier = await this.books.orders.find({ tenantId, key: { $in: keys } }, { session }).toArray();
    const known = new Map<string, OrderRow>(earlier.map((row) => [row.key, row]));
    const behaviour = (await this.books.behaviours.findOne({ tenantId }, { session })) ?? kindly;
    const fresh: OrderRow[] = [];
    const refusals = new Map<string, OrderAnswer>();
    for (const order of orders) {
      const before = known.get(order.key);
      const fault = before ? reused(before, order) : lackOf(order);
      if (fault) refusals.set(order.key, { key: order.key, status: 422, ...fault });
      if (before || fault) continue;
      const row = rowOf(tenantId, order, treatmentOf(behaviour, order.iccid, at));
      fresh.push(row);
      known.set(order.key, row);
    }
    if (fresh.length > 0) await this.books.orders.insertMany(fresh, { session });
    await this.carryOutDue(tenantId, at, session);
    const after = await this.books.orders.find({ tenantId, key: { $in: keys } }, { session }).toArray();
    const answers = new Map(after.map((row) => [row.key, answerOf(row)]));
    return keys.map((key) => refusals.get(key) ?? answers.get(key) ?? { key, status: 404 });
  }

  private async carryOutDue(tenantId: string, at: Date, session: mongo.ClientSession): Promise<number> {
    const due = await this.books.orders
      .find({ tenantId, status: 'accepted', dueAt: { $ne: null, $lte: at } }, { session })
      .sort({ dueAt: 1, sequence: 1 })
      .toArray();
    await carryOut(this.books, due, session);
    return due.length;
  }
}

function rowOf(tenantId: string, order: Order, treatment: ReturnType<typeof treatmentOf>): OrderRow {
  const { imsi = null, msisdn = null, ...rest } = order;
  const refused = treatment.kind === 'refused';
  return {
    tenantId,
    ...rest,
    ...{ imsi, msisdn },
    fingerprint: fingerprintOf(order),
    status: refused ? 'refused' : 'accepted',
    dueAt: refused ? null : treatment.dueAt,
    acknowledgedAt: null,
    code: refused ? treatment.code : null,
    detail: refused ? treatment.detail : null,
  };
}

function answerOf({ key, status, code, detail, acknowledgedAt }: OrderRow): OrderAnswer {
  if (status === 'refused') return { key, status: 422, code: code ?? '', detail: detail ?? '' };
  if (status === 'accepted') return { key, status: 202, detail: 'taken, not carried out yet' };
  return { key, status: 200, acknowledgedAt: acknowledgedAt?.toISOString() };
}

const reused = (before: OrderRow, order: Order) =>
  before.fingerprint === fingerprintOf(order)
    ? null
    : { code: 'idempotency_key_reused', detail: 'this key came with another order before' };

const lackOf = ({ state, keepOpen }: Order) =>
  lacksOpenLines(state, keepOpen)
    ? { code: 'keep_open_required', detail: `${state} must name the lines that stay open in keepOpen` }
    : null;

function fingerprintOf({
  iccid,
  kind,
  state,
  imsi,
  msisdn,
  replaces,
  keepOpen,
  services,
  sequence,
}: Order): string {
  const request = JSON.stringify([iccid, kind, state, imsi, msisdn, replaces, keepOpen, services, sequence]);
  return createHash('sha256').update(request).digest('hex');
}
