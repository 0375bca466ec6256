import { Readable } from 'node:stream';
import type { Db, Document, MongoClient } from 'mongodb';
import type { Principal } from '@tollkeeper/platform';
import type { CustomersService } from './customers-service';
import { benchAt, benchTenant, subscriberFile } from './bench-operator';

const subscribers = 100_000;
/** Both are measured in turns, so that a busy machine slows the one as it does the other. */
const turns = 5;
const rowsPerInsert = 1_000;
const noLimitMs = 3_600_000;

/** All that an import writes, but for its own row. */
const written = ['customers', 'accounts', 'subscriptions', 'assignments', 'inventory', 'timeline', 'outbox'];

const importer: Principal = {
  kind: 'staff',
  tenantId: benchTenant,
  subject: 'usr_bench',
  name: 'Bench',
  roles: ['billing'],
  scopes: [],
  accountId: null,
};

interface ImportSpeed {
  subscribers: number;
  documents: number;
  importMs: number;
  bareMs: number;
}

/**
 * The import activity against a bare bulk insert of the very documents that it wrote (customers, accounts,
 * subscriptions, assignments, inventory, timeline and outbox rows), into collections with the same indexes and
 * validators, 1,000 a call, unordered, as durable (majority, journal). The bare insert reads, checks and locks nothing.
 */
export async function measureImport(
  client: MongoClient,
  { imports }: CustomersService,
): Promise<ImportSpeed> {
  const db = client.db('customers');
  const bare = client.db('bare');
  await db.collection('outbox').deleteMany({});
  for (const name of written) await copyShape(db, bare, name);
  const speed: ImportSpeed = { subscribers: 0, documents: 0, importMs: 0, bareMs: 0 };
  const share = subscribers / turns;
  for (let turn = 0; turn < turns; turn++) {
    const body = Readable.from([subscriberFile(turn * share, share)]);
    const file = { kind: 'newSubscribers' as const, fileName: `bench-${turn}.csv` };
    const { row } = await imports.receive(importer, file, body, benchAt);
    const startedMs = performance.now();
    const { counts } = await imports.importSubscribers({
      tenantId: benchTenant,
      importId: row._id,
      at: benchAt,
      budgetMs: noLimitMs,
    });
    speed.importMs += performance.now() - startedMs;
    if (counts.created !== share) throw new Error(`the import created ${counts.created} of ${share}`);
    speed.subscribers += counts.created;
    for (const name of written) {
      const rows = await fresh(db, bare, name);
      speed.documents += rows.length;
      speed.bareMs += await insertBare(bare, name, rows);
    }
  }
  return speed;
}

async function copyShape(from: Db, to: Db, name: string): Promise<void> {
  const [info] = await from.listCollections({ name }).toArray();
  const { validator } = ((info as { options?: Document }).options ?? {}) as { validator?: Document };
  const collection = await to.createCollection(name, { validator });
  const indexes = (await from.collection(name).indexes()).filter((index) => index.name !== '_id_');
  for (const { key, unique, partialFilterExpression } of indexes)
    await collection.createIndex(key, {
      ...(unique ? { unique } : {}),
      ...(partialFilterExpression ? { partialFilterExpression } : {}),
    });
}

/** Rows that the last turn added: they are not in the copy yet. */
async function fresh(from: Db, to: Db, name: string): Promise<Document[]> {
  const known = await to.collection(name).countDocuments({});
  return from
    .collection(name)
    .find({ tenantId: benchTenant }, { sort: { $natural: 1 }, promoteLongs: false })
    .skip(known)
    .toArray();
}

async function insertBare(db: Db, name: string, rows: Document[]): Promise<number> {
  const collection = db.collection(name, { writeConcern: { w: 'majority', journal: true } });
  const startedMs = performance.now();
  for (let first = 0; first < rows.length; first += rowsPerInsert)
    await collection.insertMany(rows.slice(first, first + rowsPerInsert), { ordered: false });
  return performance.now() - startedMs;
}
