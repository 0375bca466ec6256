import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { BillLimitSettings } from './bill-limits.schema';
import { type BillLimits, noLimits } from '../domain/carry-forward';

@Injectable()
export class BillLimitsRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async find(tenantId: string): Promise<BillLimits> {
    const row = await this.db.tenant(tenantId).collection(BillLimitSettings).findOne({ _id: tenantId });
    if (!row) return noLimits;
    const { minimumBills, carryAtMost, zeroBills } = row;
    return { minimumBills, carryAtMost, zeroBills };
  }

  async put(tenantId: string, limits: BillLimits): Promise<void> {
    await this.db
      .tenant(tenantId)
      .collection(BillLimitSettings)
      .updateOne({ _id: tenantId }, { $set: limits }, { upsert: true });
  }
}
