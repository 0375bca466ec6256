import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { LedgerSettings, type LedgerSettingsRow } from './ledger-settings.schema';

/** Until an operator says otherwise. */
const usual = { taxAt: 'use', topUpTaxCode: 'telecom' } as const;

@Injectable()
export class LedgerSettingsRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async find(tenantId: string): Promise<Omit<LedgerSettingsRow, '_id'>> {
    const row = await this.settings(tenantId).findOne({ _id: tenantId });
    return row ? { taxAt: row.taxAt, topUpTaxCode: row.topUpTaxCode } : usual;
  }

  async put(tenantId: string, settings: Omit<LedgerSettingsRow, '_id'>): Promise<void> {
    await this.settings(tenantId).updateOne({ _id: tenantId }, { $set: settings }, { upsert: true });
  }

  private settings(tenantId: string) {
    return this.db.tenant(tenantId).collection(LedgerSettings);
  }
}
