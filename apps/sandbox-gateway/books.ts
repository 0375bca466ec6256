import { mongo } from 'mongoose';
import type { LaterNews } from './later-events';
import type { ChargeBody } from './requests';

export interface ChargeRow {
  _id: string;
  tenantId: string;
  status: 'succeeded' | 'pending' | 'failed';
  amountMinor: mongo.Long;
  refundedMinor: mongo.Long;
  currency: string;
  token: string;
  reference: string;
  description: string | null;
  networkTransactionId: string | null;
  initiator?: 'customer' | 'merchant';
  originalNetworkTransactionId?: string;
  debit?: ChargeBody['debit'];
  declineCode: string | null;
  createdAt: Date;
  settledAt: Date | null;
}

export interface RefundRow {
  _id: string;
  tenantId: string;
  chargeId: string;
  amountMinor: mongo.Long;
  currency: string;
  reason: string | null;
  /** Left out: it succeeded. */
  status?: 'succeeded' | 'failed';
  /** The idempotency key that it was asked for under. */
  reference: string;
  createdAt: Date;
}

/** A charge that was refused: no money moved, and the scheme counts it. */
export interface RefusalRow extends Pick<
  ChargeBody,
  'token' | 'reference' | 'initiator' | 'originalNetworkTransactionId'
> {
  _id: string;
  tenantId: string;
  fingerprint: string | null;
  declineCode: string;
  createdAt: Date;
}

/** What was answered under an idempotency key. Failures of the gateway itself are never kept. */
export interface AnswerRow {
  tenantId: string;
  key: string;
  fingerprint: string;
  httpStatus: number;
  body: string;
}

/** A charge that its card holder has to confirm. */
export interface ActionRow {
  _id: string;
  tenantId: string;
  at: Date;
  key: string;
  charge: ChargeBody;
  confirmed: boolean;
  /** The merchant asks for it no more; left out: it does. */
  cancelled?: boolean;
}

export interface TokenRow {
  tenantId: string;
  token: string;
  charges: number;
}

export interface DueEventRow {
  _id: string;
  tenantId: string;
  chargeId: string;
  /** Left out: the charge stays as it is. */
  settlesAs?: 'succeeded' | 'failed';
  failsWith?: string;
  /** Left out: that the charge has settled. */
  news?: LaterNews;
  /** How often it is told. */
  copies?: number;
  /** The charge settles, and nobody is told yet. */
  quiet?: boolean;
  dueAt: Date;
  sentAt: Date | null;
}

/** The gateway's own database; amounts lie in it as Long, never as double. */
export class Books {
  private readonly client: mongo.MongoClient;
  readonly charges: mongo.Collection<ChargeRow>;
  readonly refunds: mongo.Collection<RefundRow>;
  readonly refusals: mongo.Collection<RefusalRow>;
  readonly answers: mongo.Collection<AnswerRow>;
  readonly actions: mongo.Collection<ActionRow>;
  readonly tokens: mongo.Collection<TokenRow>;
  readonly dueEvents: mongo.Collection<DueEventRow>;

  constructor(uri: string) {
    this.client = new mongo.MongoClient(uri, {
      promoteLongs: false,
      writeConcern: { w: 'majority', journal: true },
    });
    const db = this.client.db('sandbox-gateway');
    this.charges = db.collection('charges');
    this.refunds = db.collection('refunds');
    this.refusals = db.collection('refusals');
    this.answers = db.collection('answers');
    this.actions = db.collection('actions');
    this.tokens = db.collection('tokens');
    this.dueEvents = db.collection('dueEvents');
  }

  async open(): Promise<void> {
    await this.charges.createIndex({ tenantId: 1, reference: 1, _id: 1 });
    await this.charges.createIndex({ tenantId: 1, _id: 1 });
    await this.refunds.createIndex({ tenantId: 1, chargeId: 1 });
    await this.refunds.createIndex({ tenantId: 1, reference: 1 });
    await this.refusals.createIndex({ tenantId: 1, _id: 1 });
    await this.answers.createIndex({ tenantId: 1, key: 1 }, { unique: true });
    await this.tokens.createIndex({ tenantId: 1, token: 1 }, { unique: true });
    await this.actions.createIndex({ tenantId: 1, 'charge.reference': 1 });
    await this.dueEvents.createIndex({ tenantId: 1, sentAt: 1, dueAt: 1, _id: 1 });
  }

  ping(): Promise<unknown> {
    return this.client.db('sandbox-gateway').command({ ping: 1 });
  }

  write<Result>(work: (session: mongo.ClientSession) => Promise<Result>): Promise<Result> {
    return this.client.withSession((session) => session.withTransaction(() => work(session)));
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

export function newId(prefix: 'ch' | 're' | 'evt' | 'act' | 'rf'): string {
  return `${prefix}_${new mongo.ObjectId().toHexString()}`;
}
