import { Injectable } from '@nestjs/common';
import { ServiceDatabase, upsertOne } from '@tollkeeper/platform';
import type { ZipRange } from '@tollkeeper/tax';
import {
  type TaxPlaceRow,
  TaxPlaces,
  type ZipRangeRow,
  ZipRanges,
  type ZipTableRow,
  ZipTables,
} from './tax-place.schema';

const idOf = (tenantId: string, accountId: string): string => `${tenantId}/${accountId}`;

@Injectable()
export class TaxPlaceRepository {
  constructor(private readonly db: ServiceDatabase) {}

  findMany(tenantId: string, accountIds: string[]): Promise<TaxPlaceRow[]> {
    return this.places(tenantId).find({ accountId: { $in: accountIds } });
  }

  find(tenantId: string, accountId: string): Promise<TaxPlaceRow | null> {
    return this.places(tenantId).findOne({ _id: idOf(tenantId, accountId) });
  }

  inReview(tenantId: string, limit: number, startingAfter = ''): Promise<TaxPlaceRow[]> {
    const filter = { inReview: true, accountId: { $gt: startingAfter } };
    return this.places(tenantId).find(filter, { sort: { accountId: 1 }, limit });
  }

  async putFacts(tenantId: string, accountId: string, facts: TaxPlaceRow['facts']): Promise<void> {
    const usual = { accountId, resolved: null, inReview: false, resolvedAt: null };
    await this.places(tenantId).updateOne(
      { _id: idOf(tenantId, accountId) },
      { $set: { facts }, $setOnInsert: usual },
      { upsert: true },
    );
  }

  async putResolved(tenantId: string, rows: Omit<TaxPlaceRow, '_id' | 'facts'>[]): Promise<void> {
    if (rows.length === 0) return;
    const operations = rows.map(({ accountId, ...resolved }) =>
      upsertOne(
        { _id: idOf(tenantId, accountId) },
        { $set: resolved, $setOnInsert: { accountId, facts: null } },
      ),
    );
    await this.places(tenantId).bulkWrite(operations);
  }

  zipTable(tenantId: string): Promise<ZipTableRow | null> {
    return this.zipTables(tenantId).findOne({ _id: tenantId });
  }

  zipRangesOf(tenantId: string, edition: string, zips: string[]): Promise<ZipRange[]> {
    const projection = { tenantId: 0, _id: 0, edition: 0 };
    return this.zipRanges(tenantId).find({ edition, zip: { $in: zips } }, { projection });
  }

  async addZipRanges(tenantId: string, rows: ZipRangeRow[]): Promise<void> {
    await this.zipRanges(tenantId).insertMany(rows);
  }

  /** From now on the rows of this edition count. */
  async useZipTable(tenantId: string, { _id, ...table }: ZipTableRow): Promise<void> {
    await this.zipTables(tenantId).updateOne({ _id }, { $set: table }, { upsert: true });
  }

  async removeZipRanges(tenantId: string, filter: { edition: string | { $ne: string } }): Promise<void> {
    await this.zipRanges(tenantId).deleteMany(filter);
  }

  private places(tenantId: string) {
    return this.db.tenant(tenantId).collection(TaxPlaces);
  }

  private zipTables(tenantId: string) {
    return this.db.tenant(tenantId).collection(ZipTables);
  }

  private zipRanges(tenantId: string) {
    return this.db.tenant(tenantId).collection(ZipRanges);
  }
}
