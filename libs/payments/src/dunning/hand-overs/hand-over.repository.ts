import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type HandOverFileRow, HandOverFiles } from './hand-over.schema';

@Injectable()
export class HandOverRepository {
  constructor(private readonly database: ServiceDatabase) {}

  async insert(tenantId: string, row: HandOverFileRow): Promise<void> {
    await this.of(tenantId).insertOne(row);
  }

  one(tenantId: string, id: string): Promise<HandOverFileRow | null> {
    return this.of(tenantId).findOne({ _id: id });
  }

  list(tenantId: string, page: { limit: number; startingAfter?: string }): Promise<HandOverFileRow[]> {
    const after = page.startingAfter === undefined ? {} : { _id: { $gt: page.startingAfter } };
    return this.of(tenantId).find(after, { sort: { _id: 1 }, limit: page.limit + 1 });
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(HandOverFiles);
  }
}
