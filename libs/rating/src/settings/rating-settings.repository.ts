import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import type { SessionRules } from '@tollkeeper/tariff';
import { RatingSettings, type RatingSettingsRow } from './rating-settings.schema';

@Injectable()
export class RatingSettingsRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async find(tenantId: string): Promise<RatingSettingsRow | null> {
    return this.db.tenant(tenantId).collection(RatingSettings).findOne({ _id: tenantId });
  }

  async keep(tenantId: string, rules: SessionRules): Promise<void> {
    await this.db
      .tenant(tenantId)
      .collection(RatingSettings)
      .updateOne({ _id: tenantId }, { $set: rules }, { upsert: true });
  }
}
