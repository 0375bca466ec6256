import { Injectable } from '@nestjs/common';
import type { ReratingCounts } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type ReratingRow, Reratings, type ReratingSumRow, ReratingSums } from './rerating.schema';
import type { ReratingSum } from './sum-rerating';

@Injectable()
export class ReratingRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async insert(tenantId: string, row: ReratingRow): Promise<void> {
    await this.rows(tenantId).insertOne(row);
  }

  async byId(tenantId: string, reratingId: string): Promise<ReratingRow | null> {
    return this.rows(tenantId).findOne({ _id: reratingId });
  }

  async list(tenantId: string, after: ReratingRow | null, limit: number): Promise<ReratingRow[]> {
    const behind = after
      ? {
          $or: [
            { requestedAt: { $lt: after.requestedAt } },
            { requestedAt: after.requestedAt, _id: { $lt: after._id } },
          ],
        }
      : {};
    return this.rows(tenantId).find(behind, { sort: { requestedAt: -1, _id: -1 }, limit });
  }

  /** Only from where it stands: a step that was taken is not taken twice. */
  async advance(
    tenantId: string,
    { _id, after }: ReratingRow,
    to: string,
    counts: ReratingCounts,
  ): Promise<ReratingRow> {
    const moved = await this.rows(tenantId).findOneAndUpdate(
      { _id, after, state: 'running' },
      {
        $set: { after: to },
        $inc: Object.fromEntries(Object.entries(counts).map(([name, by]) => [`counts.${name}`, by])),
      },
    );
    if (!moved) throw new Error(`rerating ${_id} was moved on by another worker: try again`);
    return moved;
  }

  async end(
    tenantId: string,
    reratingId: string,
    state: 'completed' | 'failed',
    cause: string | null,
  ): Promise<void> {
    await this.rows(tenantId).updateOne({ _id: reratingId, state: 'running' }, { $set: { state, cause } });
  }

  async addSums(tenantId: string, reratingId: string, sums: readonly ReratingSum[]): Promise<void> {
    await this.sums(tenantId).bulkWrite(
      sums.map(({ kind, id, ...by }) => ({
        updateOne: {
          filter: { _id: `${tenantId}/${reratingId}/${kind}/${id}` as never },
          update: { $setOnInsert: { reratingId, kind, id }, $inc: by },
          upsert: true,
        },
      })),
    );
  }

  async sumsOf(
    tenantId: string,
    reratingId: string,
    kind: ReratingSumRow['kind'],
    { startingAfter, limit }: { startingAfter?: string; limit: number },
  ): Promise<ReratingSumRow[]> {
    const behind = startingAfter === undefined ? {} : { id: { $gt: startingAfter } };
    return this.sums(tenantId).find({ reratingId, kind, ...behind }, { sort: { id: 1 }, limit });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Reratings);
  }

  private sums(tenantId: string) {
    return this.db.tenant(tenantId).collection(ReratingSums);
  }
}
