import { Injectable } from '@nestjs/common';
import type { Cycle } from '@tollkeeper/calendar';
import type { CycleFact } from '@tollkeeper/contracts';
import { ServiceDatabase, upsertOne } from '@tollkeeper/platform';
import { CycleDefinitions } from './cycle.schema';

@Injectable()
export class CycleRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async definitions(tenantId: string, cycleIds: (string | null)[]): Promise<Map<string, Cycle>> {
    const rows = await this.rows(tenantId).find({ cycleId: { $in: [...new Set(cycleIds)] } });
    return new Map(rows.map(({ cycleId, cycle }) => [cycleId, cycle]));
  }

  async keep(tenantId: string, facts: CycleFact[]): Promise<void> {
    await this.rows(tenantId).bulkWrite(
      facts.map(({ cycleId, cycle }) =>
        upsertOne({ _id: `${tenantId}/${cycleId}` }, { $set: { cycleId, cycle } }),
      ),
    );
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(CycleDefinitions);
  }
}
