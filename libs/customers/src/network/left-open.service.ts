import { Injectable } from '@nestjs/common';
import { AccountRepository } from '../accounts/account.repository';
import { TenantService } from '../copies/tenant.service';
import { cutsCalls, networkServices, numbersLeftOpen } from '../domain/bar-profiles';
import { NetworkSettingsRepository } from './network-settings.repository';
import type { LeftOpen, WantedSim } from './plan-orders';

/** What the operator's bar profiles leave of a SIM in a given state. */
@Injectable()
export class LeftOpenLines {
  constructor(
    private readonly tenants: TenantService,
    private readonly accounts: AccountRepository,
    private readonly settings: NetworkSettingsRepository,
  ) {}

  async of(tenantId: string, wanted: WantedSim[]): Promise<(sim: WantedSim) => LeftOpen> {
    const accountIds = wanted.flatMap(({ accountId }) => accountId ?? []);
    const [{ profiles }, operator, accounts] = [
      await this.settings.get(tenantId),
      await this.tenants.get(tenantId),
      await this.accounts.findMany(tenantId, [...new Set(accountIds)]),
    ];
    const countryOf = new Map(accounts.map(({ _id, address }) => [_id, address.country]));
    return ({ desired, accountId }) => {
      if (desired === 'deactivated') return { keepOpen: [], services: [] };
      if (desired === 'active') return { keepOpen: [], services: [...networkServices] };
      const profile = profiles[desired];
      const { services } = profile;
      if (!cutsCalls(desired) && services.includes('outgoingCalls')) return { keepOpen: [], services };
      const abroad = accountId ? countryOf.get(accountId) : undefined;
      const countries = [operator.country, ...(abroad && abroad !== operator.country ? [abroad] : [])];
      const left = numbersLeftOpen(profile, { countries, supportPhone: operator.supportPhone });
      return 'fault' in left ? left : { keepOpen: left.numbers, services };
    };
  }
}
