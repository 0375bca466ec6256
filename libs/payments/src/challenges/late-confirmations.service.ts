import { Injectable } from '@nestjs/common';
import { AuditLog, BusinessClock, type Principal, ServiceDatabase } from '@tollkeeper/platform';
import { LateConfirmationRepository } from './late-confirmations.repository';
import type { SurplusWay } from './late-confirmations.schema';

@Injectable()
export class LateConfirmations {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly settings: LateConfirmationRepository,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  async setting(tenantId: string): Promise<{ surplus: SurplusWay }> {
    return { surplus: await this.settings.surplus(tenantId) };
  }

  async change(
    principal: Principal,
    { surplus, reason }: { surplus: SurplusWay; reason: string },
  ): Promise<{ surplus: SurplusWay }> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    await this.database.transaction(async () => {
      const before = await this.setting(tenantId);
      await this.settings.put({ _id: tenantId, surplus, changedAt: at });
      const entry = { at, what: 'putLateConfirmations', entity: tenantId, reason };
      await this.audit.record(principal, { ...entry, before, after: { surplus } });
    });
    return { surplus };
  }
}
