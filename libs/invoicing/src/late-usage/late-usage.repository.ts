import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type LateUsageTerms, usualLateTerms } from '../domain/late-usage';
import { LateUsageSettings } from './late-usage.schema';

@Injectable()
export class LateUsageRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async find(tenantId: string): Promise<LateUsageTerms> {
    const row = await this.db.tenant(tenantId).collection(LateUsageSettings).findOne({ _id: tenantId });
    return row ? { policy: row.policy, finalBillWaitDays: row.finalBillWaitDays } : usualLateTerms;
  }

  async put(tenantId: string, terms: LateUsageTerms): Promise<void> {
    await this.db
      .tenant(tenantId)
      .collection(LateUsageSettings)
      .updateOne({ _id: tenantId }, { $set: terms }, { upsert: true });
  }
}
