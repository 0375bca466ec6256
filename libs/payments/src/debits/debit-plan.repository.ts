import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@tollkeeper/calendar';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import type { PlannedDebit } from '../domain/debits/plan-debit';
import { type PayableRow, Payables } from '../payables/payable.schema';
import { type DebitSettingsRow, DebitSettingsRows } from './debit-settings.schema';

/** Debits that are announced lie with the invoice that they are to collect. */
@Injectable()
export class DebitPlanRepository {
  constructor(private readonly database: ServiceDatabase) {}

  async settings(tenantId: string): Promise<Pick<DebitSettingsRow, 'sepaCreditorId' | 'achCompanyId'>> {
    const row = await this.settingsRows(tenantId).findOne({ _id: tenantId });
    return row ?? { sepaCreditorId: null, achCompanyId: null };
  }

  async putSettings(tenantId: string, { _id, ...row }: DebitSettingsRow): Promise<void> {
    await this.settingsRows(tenantId).updateOne({ _id }, { $set: row }, { upsert: true });
  }

  async set(tenantId: string, plans: { invoiceId: string; debit: PlannedDebit | null }[]): Promise<void> {
    await this.payables(tenantId).bulkWrite(
      plans.map(({ invoiceId: _id, debit }) => updateOne({ _id }, { $set: { debit } })),
    );
  }

  async drop(tenantId: string, invoiceIds: readonly string[]): Promise<void> {
    await this.set(
      tenantId,
      invoiceIds.map((invoiceId) => ({ invoiceId, debit: null })),
    );
  }

  /** What has to be handed in by then. */
  due(tenantId: string, on: LocalDate, limit: number): Promise<PayableRow[]> {
    const filter = { 'debit.submitOn': { $type: 'string', $lte: on }, 'debit.submittedOn': null };
    const sort = { 'debit.submitOn': 1, _id: 1 } as const;
    return this.payables(tenantId).find(filter, { sort, limit });
  }

  private payables(tenantId: string) {
    return this.database.tenant(tenantId).collection(Payables);
  }

  private settingsRows(tenantId: string) {
    return this.database.tenant(tenantId).collection(DebitSettingsRows);
  }
}
