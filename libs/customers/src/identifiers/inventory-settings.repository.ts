import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { InventorySettings, type InventorySettingsRow } from './inventory.schema';

export type AgeingDays = Omit<InventorySettingsRow, '_id'>;

/** 90 days: what 47 CFR 52.15(f)(1)(ii) allows at most for a residential number. IMSIs are scarcer than cards. */
const untilSet: AgeingDays = { numberAgeingDays: 90, simAgeingDays: 180 };

@Injectable()
export class InventorySettingsRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async get(tenantId: string): Promise<AgeingDays> {
    const row = await this.rows(tenantId).findOne({ _id: tenantId });
    if (!row) return untilSet;
    const { numberAgeingDays, simAgeingDays } = row;
    return { numberAgeingDays, simAgeingDays };
  }

  async set(tenantId: string, days: AgeingDays): Promise<void> {
    await this.rows(tenantId).updateOne({ _id: tenantId }, { $set: days }, { upsert: true });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(InventorySettings);
  }
}
