import type {
  AggregateOptions,
  AnyBulkWriteOperation,
  BulkWriteOptions,
  BulkWriteResult,
  ClientSession,
  Collection,
  Document,
  Filter,
  FindOneAndUpdateOptions,
  FindOptions,
  UpdateFilter,
  UpdateOptions,
  UpdateResult,
} from 'mongodb';
import type { TenantId } from '@tollkeeper/contracts';
import { type LongPaths, withLongs } from './longs';

type Where = Filter<Document>;
type Change = UpdateFilter<Document>;

/**
 * One tenant's rows of one collection: every filter, insert, bulk operation and first `$match` carries the
 * tenant, every write stores Longs, and every call joins the transaction that is open around it.
 */
export class TenantCollection<Row extends object> {
  constructor(
    private readonly tenantId: TenantId,
    private readonly collection: Collection<Document>,
    private readonly longs: LongPaths,
    private readonly session: () => ClientSession | undefined,
  ) {}

  async findOne(filter: object, options: FindOptions = {}): Promise<Row | null> {
    return (await this.collection.findOne(this.where(filter), this.within(options))) as Row | null;
  }

  async find(filter: object, options: FindOptions = {}): Promise<Row[]> {
    return (await this.collection.find(this.where(filter), this.within(options)).toArray()) as Row[];
  }

  /** For results that do not fit in memory. */
  stream(filter: object, options: FindOptions = {}): AsyncIterable<Row> {
    return this.collection.find(
      this.where(filter),
      this.within(options),
    ) as AsyncIterable<unknown> as AsyncIterable<Row>;
  }

  async count(filter: object): Promise<number> {
    return this.collection.countDocuments(this.where(filter), this.within({}));
  }

  async distinct(field: string, filter: object): Promise<unknown[]> {
    return this.collection.distinct(field, this.where(filter), this.within({}));
  }

  async aggregate<Out extends object>(pipeline: Document[], options: AggregateOptions = {}): Promise<Out[]> {
    const stages = [{ $match: { tenantId: this.tenantId } }, ...pipeline];
    return (await this.collection.aggregate(stages, this.within(options)).toArray()) as Out[];
  }

  async insertOne(row: Row): Promise<void> {
    await this.collection.insertOne(this.stamped(row), this.within({}));
  }

  async insertMany(rows: Row[], options: BulkWriteOptions = { ordered: false }): Promise<void> {
    if (rows.length > 0)
      await this.collection.insertMany(
        rows.map((row) => this.stamped(row)),
        this.within(options),
      );
  }

  async updateOne(filter: object, change: Change, options: UpdateOptions = {}): Promise<UpdateResult> {
    return this.collection.updateOne(this.where(filter), this.change(change), this.within(options));
  }

  async updateMany(filter: object, change: Change, options: UpdateOptions = {}): Promise<UpdateResult> {
    return this.collection.updateMany(this.where(filter), this.change(change), this.within(options));
  }

  /** Returns the row after the change, or null when none matched. */
  async findOneAndUpdate(
    filter: object,
    change: Change,
    options: FindOneAndUpdateOptions = {},
  ): Promise<Row | null> {
    const after = { returnDocument: 'after' as const, ...options };
    return (await this.collection.findOneAndUpdate(
      this.where(filter),
      this.change(change),
      this.within(after),
    )) as Row | null;
  }

  async deleteMany(filter: object): Promise<number> {
    return (await this.collection.deleteMany(this.where(filter), this.within({}))).deletedCount;
  }

  /** Unordered by default: 1,000 to 5,000 operations a call. */
  async bulkWrite(
    operations: AnyBulkWriteOperation<Document>[],
    options: BulkWriteOptions = { ordered: false },
  ): Promise<BulkWriteResult | null> {
    if (operations.length === 0) return null;
    return this.collection.bulkWrite(
      operations.map((operation) => this.bound(operation)),
      this.within(options),
    );
  }

  private where(filter: object): Where {
    return { ...filter, tenantId: this.tenantId };
  }

  private stamped(row: object): Document {
    return { ...withLongs(row, this.longs), tenantId: this.tenantId };
  }

  private change(change: Change): Change {
    return withLongs(change, this.longs);
  }

  private within<Options extends object>(options: Options): Options & { session?: ClientSession } {
    const session = this.session();
    return session ? { ...options, session } : options;
  }

  private bound(operation: AnyBulkWriteOperation<Document>): AnyBulkWriteOperation<Document> {
    const [kind, body] = Object.entries(operation)[0] as [string, Record<string, object>];
    const bound: Record<string, unknown> = { ...body };
    if (body['filter']) bound['filter'] = this.where(body['filter']);
    if (body['update']) bound['update'] = this.change(body['update']);
    if (body['document']) bound['document'] = this.stamped(body['document']);
    if (body['replacement']) bound['replacement'] = this.stamped(body['replacement']);
    return { [kind]: bound } as unknown as AnyBulkWriteOperation<Document>;
  }
}
