import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  BusinessClock,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { type BarProfiles, barStates, findProfileFaults } from '../domain/bar-profiles';
import { NetworkSettingsRepository } from './network-settings.repository';
import type { NetworkSettings } from './network-settings.schema';
import { ReconciliationService } from './reconciliation.service';

@Injectable()
export class NetworkSettingsService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly settings: NetworkSettingsRepository,
    private readonly reconciliations: ReconciliationService,
  ) {}

  get(tenantId: string): Promise<NetworkSettings> {
    return this.settings.get(tenantId);
  }

  async change(
    principal: Principal,
    change: Partial<Omit<NetworkSettings, 'profiles'>>,
    reason: string,
  ): Promise<NetworkSettings> {
    return this.save(principal, 'changeNetworkSettings', reason, (before) => ({ ...before, ...change }));
  }

  /** Every state that is named is replaced as a whole; orders placed from now on go by it. */
  async changeProfiles(
    principal: Principal,
    profiles: Partial<BarProfiles>,
    reason: string,
  ): Promise<NetworkSettings> {
    const named = barStates.flatMap((state) => {
      const profile = profiles[state];
      return profile ? [{ state, profile }] : [];
    });
    refuseFindings(
      named
        .flatMap(({ state, profile }) => findProfileFaults(state, profile))
        .map(({ field, reason: why }) => ({ field: `profiles.${field}`, reason: why })),
      'Every state keeps "emergency" and "paymentLine" among its lines.',
    );
    const changed = Object.fromEntries(named.map(({ state, profile }) => [state, profile]));
    return this.save(principal, 'changeBarProfiles', reason, (before) => ({
      ...before,
      profiles: { ...before.profiles, ...changed },
    }));
  }

  private async save(
    principal: Principal,
    what: string,
    reason: string,
    changed: (before: NetworkSettings) => NetworkSettings,
  ): Promise<NetworkSettings> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      const before = await this.settings.get(tenantId);
      const after = changed(before);
      await this.settings.put(tenantId, after);
      await this.audit.record(principal, { at, what, entity: 'network', before, after, reason });
      if (after.reconcileDailyAt !== before.reconcileDailyAt) await this.reconciliations.wake(tenantId, at);
      return after;
    });
  }
}
