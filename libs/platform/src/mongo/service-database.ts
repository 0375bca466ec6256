import { AsyncLocalStorage } from 'node:async_hooks';
import { isDeepStrictEqual } from 'node:util';
import type { ClientSession, CreateIndexesOptions, Db, Document } from 'mongodb';
import { type Connection, createConnection, Schema, type SchemaDefinition } from 'mongoose';
import type { ServiceName, TenantId } from '@tollkeeper/contracts';
import type { CollectionDefinition, IndexDefinition } from './collection-definition';
import { type LongPaths, longPathsOf } from './longs';
import { TenantCollection } from './tenant-collection';

interface OpenTransaction {
  session: ClientSession;
  afterCommit: (() => void)[];
}

/** A service's own database; no other service opens it. */
export class ServiceDatabase {
  private readonly open = new AsyncLocalStorage<OpenTransaction>();
  private readonly longs = new Map<string, LongPaths>();

  private constructor(
    readonly service: ServiceName,
    private readonly connection: Connection,
  ) {}

  static async connect(
    service: ServiceName,
    uri: string,
    definitions: CollectionDefinition<object>[],
  ): Promise<ServiceDatabase> {
    const connection = await createConnection(uri, {
      dbName: service,
      autoIndex: false,
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      serverSelectionTimeoutMS: 30_000,
    }).asPromise();
    const database = new ServiceDatabase(service, connection);
    await refuseStandalone(database.db);
    for (const definition of definitions) await database.prepare(definition);
    return database;
  }

  get db(): Db {
    const db = this.connection.db;
    if (!db) throw new Error(`database ${this.service} is not connected`);
    return db;
  }

  tenant(tenantId: TenantId) {
    return {
      collection: <Row extends object>(definition: CollectionDefinition<Row>): TenantCollection<Row> =>
        new TenantCollection<Row>(
          tenantId,
          this.db.collection(definition.name),
          this.longsOf(definition),
          () => this.session,
        ),
    };
  }

  /** Rows of all tenants: for relays, purges and logins, never for a request's own data. */
  acrossTenants(definition: CollectionDefinition<object>) {
    return this.db.collection(definition.name);
  }

  get session(): ClientSession | undefined {
    return this.open.getStore()?.session;
  }

  /** The body may run more than once: no mail, no HTTP, no counters outside the database. Nested calls join. */
  async transaction<T>(body: () => Promise<T>): Promise<T> {
    if (this.open.getStore()) return body();
    const session = await this.connection.startSession();
    try {
      let afterCommit: (() => void)[] = [];
      const result = await session.withTransaction(
        () => {
          afterCommit = [];
          return this.open.run({ session, afterCommit }, body);
        },
        { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', journal: true } },
      );
      for (const act of afterCommit) act();
      return result;
    } finally {
      await session.endSession();
    }
  }

  /** Runs `act` once the open transaction is durable; at once when there is none. */
  afterCommit(act: () => void): void {
    const transaction = this.open.getStore();
    if (transaction) transaction.afterCommit.push(act);
    else act();
  }

  async ping(): Promise<void> {
    await this.db.command({ ping: 1 });
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  private longsOf(definition: CollectionDefinition<object>): LongPaths {
    let longs = this.longs.get(definition.name);
    if (!longs) this.longs.set(definition.name, (longs = longPathsOf(definition.schema)));
    return longs;
  }

  /** Creates the collection with the schema as its validator (a double is refused where a Long is declared). */
  private async prepare(definition: CollectionDefinition<object>): Promise<void> {
    const shape = definition.schema.clone();
    shape.add(tenantField);
    const validator = { $jsonSchema: shape.toJSONSchema({ useBsonType: true }) };
    const [existing] = await this.db.listCollections({ name: definition.name }).toArray();
    if (!existing) await this.db.createCollection(definition.name, { validator });
    // Only when it changed: collMod waits for every open transaction, also for one that a killed process left.
    else if (!isDeepStrictEqual((existing as { options?: Document }).options?.['validator'], validator)) {
      await this.db.command({ collMod: definition.name, validator });
    }
    const indexes = [...definition.indexes].map(toMongoIndex);
    if (indexes.length > 0) await this.db.collection(definition.name).createIndexes(indexes);
  }
}

function toMongoIndex(index: IndexDefinition) {
  const options: CreateIndexesOptions = {};
  if (index.unique) options.unique = true;
  if (index.partial) options.partialFilterExpression = index.partial;
  if (index.expireAfterSeconds !== undefined) {
    return { key: index.keys, ...options, expireAfterSeconds: index.expireAfterSeconds };
  }
  return { key: { tenantId: 1 as const, ...index.keys }, ...options };
}

/** Transactions need a replica set; a standalone server would only fail at the first payment. */
async function refuseStandalone(db: Db): Promise<void> {
  const hello = await db.command({ hello: 1 });
  if (!hello['setName'])
    throw new Error(
      'MongoDB runs standalone: start it as a replica set (one node is enough), see MONGODB_URI',
    );
}

/** Schemas are declared without an _id of mongoose's making: rows carry business ids. */
export const rowSchema = (shape: Record<string, unknown>): Schema =>
  new Schema(shape as SchemaDefinition, { _id: false });

const tenantField: SchemaDefinition = { tenantId: { type: String, required: true } };

const duplicateKeyCode = 11000;

/** "Already done: load it." */
export const isDuplicateKey = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && (error as { code?: unknown }).code === duplicateKeyCode;
