import { mongo } from 'mongoose';
import type { SimState } from './sim-state';

export interface SimRow {
  tenantId: string;
  iccid: string;
  state: SimState;
  imsi: string | null;
  msisdn: string | null;
  keepOpen: string[];
  acknowledgedAt: Date;
}

/** An order that the network has carried out; its key makes a repeat harmless. */
export interface OrderRow {
  tenantId: string;
  key: string;
  fingerprint: string;
  iccid: string;
  state: SimState;
  acknowledgedAt: Date;
}

/** The network's own database. */
export class Books {
  private readonly client: mongo.MongoClient;
  readonly sims: mongo.Collection<SimRow>;
  readonly orders: mongo.Collection<OrderRow>;

  constructor(uri: string) {
    this.client = new mongo.MongoClient(uri, { writeConcern: { w: 'majority', journal: true } });
    const db = this.client.db('sandbox-network');
    this.sims = db.collection('sims');
    this.orders = db.collection('orders');
  }

  async open(): Promise<void> {
    await this.sims.createIndex({ tenantId: 1, iccid: 1 }, { unique: true });
    await this.orders.createIndex({ tenantId: 1, key: 1 }, { unique: true });
  }

  ping(): Promise<unknown> {
    return this.client.db('sandbox-network').command({ ping: 1 });
  }

  write<Result>(work: (session: mongo.ClientSession) => Promise<Result>): Promise<Result> {
    return this.client.withSession((session) => session.withTransaction(() => work(session)));
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
