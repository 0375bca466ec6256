import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type CycleRow, Cycles } from './cycle.schema';

@Injectable()
export class CycleRepository {
  constructor(private readonly db: ServiceDatabase) {}

  insert(tenantId: string, row: CycleRow): Promise<void> {
    return this.cycles(tenantId).insertOne(row);
  }

  find(tenantId: string, cycleId: string): Promise<CycleRow | null> {
    return this.cycles(tenantId).findOne({ _id: cycleId });
  }

  list(tenantId: string, limit: number, startingAfter?: string): Promise<CycleRow[]> {
    const filter = startingAfter ? { _id: { $gt: startingAfter } } : {};
    return this.cycles(tenantId).find(filter, { sort: { _id: 1 }, limit });
  }

  async setPaused(tenantId: string, cycleId: string, paused: boolean): Promise<void> {
    await this.cycles(tenantId).updateOne({ _id: cycleId }, { $set: { paused } });
  }

  private cycles(tenantId: string) {
    return this.db.tenant(tenantId).collection(Cycles);
  }
}
