import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type TaxSettings, usualTaxSettings } from '../domain/tax-settings';
import { TaxSettingsRows } from './tax-settings.schema';

@Injectable()
export class TaxSettingsRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async find(tenantId: string): Promise<TaxSettings> {
    const row = await this.settings(tenantId).findOne({ _id: tenantId });
    if (!row) return usualTaxSettings;
    const { notCharged, shares, pricesIncludeTax, placeBy, establishedIn, belowUnionThreshold } = row;
    return {
      ...{ notCharged, pricesIncludeTax, placeBy, establishedIn },
      ...(belowUnionThreshold ? { belowUnionThreshold } : {}),
      shares: Object.fromEntries(shares.map(({ taxId, percent }) => [taxId, percent])),
    };
  }

  async put(tenantId: string, { shares, ...plain }: TaxSettings): Promise<void> {
    const rows = Object.entries(shares).map(([taxId, percent]) => ({ taxId, percent }));
    await this.settings(tenantId).updateOne(
      { _id: tenantId },
      { $set: { ...plain, shares: rows } },
      { upsert: true },
    );
  }

  private settings(tenantId: string) {
    return this.db.tenant(tenantId).collection(TaxSettingsRows);
  }
}
