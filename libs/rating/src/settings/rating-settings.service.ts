import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { AuditLog, type Principal, ServiceDatabase } from '@tollkeeper/platform';
import { defaultSessionRules, type SessionRules } from '@tollkeeper/tariff';
import { RatingSettingsRepository } from './rating-settings.repository';

/** How a tenant's sessions close and where usage is cut. */
@Injectable()
export class RatingSettingsService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly settings: RatingSettingsRepository,
  ) {}

  async rules(tenantId: string): Promise<SessionRules> {
    const row = await this.settings.find(tenantId);
    if (!row) return defaultSessionRules;
    const { silenceHours, edges, sessions, calls } = row;
    return { silenceHours, edges, sessions, calls };
  }

  async change(
    principal: Principal,
    rules: SessionRules,
    reason: string,
    at: Instant,
  ): Promise<SessionRules> {
    const { tenantId } = principal;
    return this.db.transaction(async () => {
      const before = await this.rules(tenantId);
      await this.settings.keep(tenantId, rules);
      await this.audit.record(principal, {
        at,
        what: 'changeRatingSettings',
        entity: 'ratingSettings',
        before,
        after: rules,
        reason,
      });
      return rules;
    });
  }
}
