import { mongo } from 'mongoose';
import type { Behaviour } from './behaviour';
import type { SimState } from './sim-state';

export interface SimRow {
  tenantId: string;
  iccid: string;
  state: SimState;
  imsi: string | null;
  msisdn: string | null;
  keepOpen: string[];
  services: string[];
  /** Of the order that was carried out last: an older one changes nothing. */
  sequence: number;
  acknowledgedAt: Date;
}

export type OrderStatus = 'accepted' | 'acknowledged' | 'refused';

/** An order that the network has taken; its key makes a repeat harmless. */
export interface OrderRow {
  tenantId: string;
  key: string;
  fingerprint: string;
  kind: string;
  iccid: string;
  state: SimState;
  imsi: string | null;
  msisdn: string | null;
  replaces: { iccid: string; sequence: number }[];
  keepOpen: string[];
  services: string[];
  sequence: number;
  status: OrderStatus;
  /** When it is carried out; null: when somebody says so. */
  dueAt: Date | null;
  acknowledgedAt: Date | null;
  code: string | null;
  detail: string | null;
}

export interface BehaviourRow extends Behaviour {
  tenantId: string;
}

/** The network's own database. */
export class Books {
  private readonly client: mongo.MongoClient;
  readonly sims: mongo.Collection<SimRow>;
  readonly orders: mongo.Collection<OrderRow>;
  readonly behaviours: mongo.Collection<BehaviourRow>;

  constructor(uri: string) {
    this.client = new mongo.MongoClient(uri, { writeConcern: { w: 'majority', journal: true } });
    const db = this.client.db('sandbox-network');
    this.sims = db.collection('sims');
    this.orders = db.collection('orders');
    this.behaviours = db.collection('behaviours');
  }

  async open(): Promise<void> {
    await this.sims.createIndex({ tenantId: 1, iccid: 1 }, { unique: true });
    await this.orders.createIndex({ tenantId: 1, key: 1 }, { unique: true });
    await this.orders.createIndex({ tenantId: 1, status: 1, dueAt: 1 });
    await this.behaviours.createIndex({ tenantId: 1 }, { unique: true });
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
