import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { usualProfiles } from '../domain/bar-profiles';
import { type NetworkSettings, NetworkSettingRows, usualSettings } from './network-settings.schema';

@Injectable()
export class NetworkSettingsRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async get(tenantId: string): Promise<NetworkSettings> {
    const row = await this.rows(tenantId).findOne({ _id: tenantId });
    if (!row) return usualSettings;
    const { acknowledgeWithinHours, reconcileDailyAt, profiles } = row;
    // States that came later are not in rows of before.
    return { acknowledgeWithinHours, reconcileDailyAt, profiles: { ...usualProfiles, ...profiles } };
  }

  async put(tenantId: string, settings: NetworkSettings): Promise<void> {
    await this.rows(tenantId).updateOne({ _id: tenantId }, { $set: settings }, { upsert: true });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(NetworkSettingRows);
  }
}
