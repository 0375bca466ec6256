import { Injectable } from '@nestjs/common';
import { type Principal, SettingChanges } from '@tollkeeper/platform';
import { defaultSessionRules, type SessionRules } from '@tollkeeper/tariff';
import { RatingSettingsRepository } from './rating-settings.repository';

/** How a tenant's sessions close and where usage is cut. */
@Injectable()
export class RatingSettingsService {
  constructor(
    private readonly changes: SettingChanges,
    private readonly settings: RatingSettingsRepository,
  ) {}

  async rules(tenantId: string): Promise<SessionRules> {
    const row = await this.settings.find(tenantId);
    if (!row) return defaultSessionRules;
    const { silenceHours, edges, sessions, calls } = row;
    return { silenceHours, edges, sessions, calls };
  }

  change(principal: Principal, rules: SessionRules, reason: string): Promise<SessionRules> {
    return this.changes.put(principal, {
      ...{ what: 'changeRatingSettings', entity: 'ratingSettings', reason, after: rules },
      before: (tenantId) => this.rules(tenantId),
      save: (tenantId, changed) => this.settings.keep(tenantId, changed),
    });
  }
}
