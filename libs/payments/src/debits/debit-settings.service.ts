import { Injectable } from '@nestjs/common';
import { badInput, type Principal, SettingChanges } from '@tollkeeper/platform';
import { isCreditorId } from '../domain/debits/creditor-id';
import { DebitPlanRepository } from './debit-plan.repository';

interface WantedDebitSettings {
  sepaCreditorId: string | null;
  achCompanyId: string | null;
}

/** Who debits, as payers read it. */
@Injectable()
export class DebitSettings {
  constructor(
    private readonly changes: SettingChanges,
    private readonly plans: DebitPlanRepository,
  ) {}

  async show(tenantId: string): Promise<WantedDebitSettings> {
    const { sepaCreditorId, achCompanyId } = await this.plans.settings(tenantId);
    return { sepaCreditorId, achCompanyId };
  }

  async put(principal: Principal, wanted: WantedDebitSettings, reason: string): Promise<WantedDebitSettings> {
    if (wanted.sepaCreditorId !== null && !isCreditorId(wanted.sepaCreditorId))
      throw badInput(
        'sepaCreditorId',
        'Its check digits do not fit.',
        'Copy it from the letter of the central bank.',
      );
    return this.changes.put(principal, {
      ...{ what: 'putDebitSettings', entity: principal.tenantId, reason, after: wanted },
      before: (tenantId) => this.show(tenantId),
      save: (_id, changed, changedAt) => this.plans.putSettings(_id, { _id, ...changed, changedAt }),
    });
  }
}
