import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type TopUpRow, TopUps } from './top-up.schema';

@Injectable()
export class TopUpRepository {
  constructor(private readonly database: ServiceDatabase) {}

  insert(tenantId: string, row: TopUpRow): Promise<void> {
    return this.of(tenantId).insertOne(row);
  }

  one(tenantId: string, topUpId: string): Promise<TopUpRow | null> {
    return this.of(tenantId).findOne({ _id: topUpId });
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(TopUps);
  }
}
