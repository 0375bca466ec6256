import type { ServiceName } from '@tollkeeper/contracts';
import type { ClientSession, Document, MongoClient } from 'mongodb';

const ROWS_PER_READ = 1_000;

/**
 * One tenant's rows in all services' databases, as they were at one instant: the session is a snapshot, so that what
 * a working stack writes meanwhile cannot look like a breach. Reads only.
 */
export class TenantRows {
  constructor(
    readonly tenantId: string,
    private readonly client: MongoClient,
    private readonly session: ClientSession,
  ) {}

  aggregate<Row extends object>(
    service: ServiceName,
    collection: string,
    pipeline: Document[],
  ): AsyncIterable<Row> {
    const stages = [{ $match: { tenantId: this.tenantId } }, ...pipeline];
    const options = { session: this.session, allowDiskUse: true, batchSize: ROWS_PER_READ };
    return this.client.db(service).collection(collection).aggregate<Row>(stages, options);
  }

  find<Row extends object>(
    service: ServiceName,
    collection: string,
    filter: Document = {},
    fields: readonly string[] = [],
    sort: Document = {},
  ): AsyncIterable<Row> {
    const stages: Document[] = [{ $match: filter }];
    if (Object.keys(sort).length > 0) stages.push({ $sort: sort });
    if (fields.length > 0) stages.push({ $project: Object.fromEntries(fields.map((field) => [field, 1])) });
    return this.aggregate<Row>(service, collection, stages);
  }

  async count(service: ServiceName, collection: string, filter: Document = {}): Promise<number> {
    for await (const { rows } of this.aggregate<{ rows: number }>(service, collection, [
      { $match: filter },
      { $count: 'rows' },
    ]))
      return rows;
    return 0;
  }

  /** Rows of another collection of the same service behind the ones at hand. */
  union(collection: string, pipeline: Document[]): Document {
    return {
      $unionWith: { coll: collection, pipeline: [{ $match: { tenantId: this.tenantId } }, ...pipeline] },
    };
  }

  async collectionsOf(service: ServiceName): Promise<string[]> {
    const found = await this.client
      .db(service)
      .listCollections({ type: 'collection' }, { nameOnly: true })
      .toArray();
    return found.map(({ name }) => name).filter((name) => !name.startsWith('system.'));
  }

  /** The one look beyond the tenant: whose rows lie in a collection, null for rows of nobody. */
  async tenantsIn(
    service: ServiceName,
    collection: string,
  ): Promise<{ tenantId: unknown; rows: number; sample: unknown }[]> {
    const group = { $group: { _id: '$tenantId', rows: { $sum: 1 }, sample: { $first: '$_id' } } };
    const found = await this.client
      .db(service)
      .collection(collection)
      .aggregate<{ _id: unknown; rows: number; sample: unknown }>([group], {
        session: this.session,
        allowDiskUse: true,
      })
      .toArray();
    return found.map(({ _id, rows, sample }) => ({ tenantId: _id, rows, sample }));
  }

  async tenantIds(): Promise<Set<string>> {
    const rows = this.client.db('identity').collection<{ _id: string }>('tenants');
    const found = await rows.find({}, { session: this.session, projection: { _id: 1 } }).toArray();
    return new Set(found.map(({ _id }) => _id));
  }
}

export async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

export async function* inChunks<Row>(rows: AsyncIterable<Row>, size: number): AsyncGenerator<Row[]> {
  let chunk: Row[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

export const byId = <Row extends { _id: string }>(rows: readonly Row[]): Map<string, Row> =>
  new Map(rows.map((row) => [row._id, row]));
