import { Injectable } from '@nestjs/common';
import { AuditLog, badInput, BusinessClock, type Principal, ServiceDatabase } from '@tollkeeper/platform';
import { isCreditorId } from '../domain/debits/creditor-id';
import { DebitPlanRepository } from './debit-plan.repository';

export interface WantedDebitSettings {
  sepaCreditorId: string | null;
  achCompanyId: string | null;
}

/** Who debits, as payers read it. */
@Injectable()
export class DebitSettings {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly plans: DebitPlanRepository,
  ) {}

  async show(tenantId: string): Promise<WantedDebitSettings> {
    const { sepaCreditorId, achCompanyId } = await this.plans.settings(tenantId);
    return { sepaCreditorId, achCompanyId };
  }

  async put(principal: Principal, wanted: WantedDebitSettings, reason: string): Promise<WantedDebitSettings> {
    const { tenantId } = principal;
    if (wanted.sepaCreditorId !== null && !isCreditorId(wanted.sepaCreditorId))
      throw badInput(
        'sepaCreditorId',
        'Its check digits do not fit.',
        'Copy it from the letter of the central bank.',
      );
    const at = await this.clock.now(tenantId);
    await this.database.transaction(async () => {
      const before = await this.show(tenantId);
      await this.plans.putSettings(tenantId, { _id: tenantId, ...wanted, changedAt: at });
      const entry = { at, what: 'putDebitSettings', entity: tenantId, reason };
      await this.audit.record(principal, { ...entry, before, after: wanted });
    });
    return wanted;
  }
}
