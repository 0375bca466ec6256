import { Injectable } from '@nestjs/common';
import { badInput, type Principal, SettingChanges } from '@tollkeeper/platform';
import type { RoutingRule } from '../domain/gateway-routes';
import { Gateways } from '../gateway/gateways';
import { GatewayRoutingRepository } from './gateway-routing.repository';

@Injectable()
export class GatewayRoutingService {
  constructor(
    private readonly changes: SettingChanges,
    private readonly routing: GatewayRoutingRepository,
    private readonly gateways: Gateways,
  ) {}

  async put(principal: Principal, rules: RoutingRule[], reason: string): Promise<{ rules: RoutingRule[] }> {
    const { tenantId } = principal;
    for (const [no, { gateways }] of rules.entries()) this.refuseUnusable(tenantId, gateways, `rules.${no}`);
    return this.changes.put(principal, {
      ...{ what: 'putGatewayRouting', entity: tenantId, reason, after: { rules } },
      before: async () => ({ rules: await this.routing.rules(tenantId) }),
      save: (_id, changed, changedAt) => this.routing.put(_id, { _id, ...changed, changedAt }),
    });
  }

  private refuseUnusable(tenantId: string, gateways: readonly string[], field: string): void {
    const twice = gateways.find((gateway, at) => gateways.indexOf(gateway) !== at);
    if (twice)
      throw badInput(`${field}.gateways`, `Gateway ${twice} is named twice.`, 'Name each gateway once.');
    const missing = gateways.find((gateway) => !this.gateways.isConfigured(tenantId, gateway));
    if (missing)
      throw badInput(
        `${field}.gateways`,
        `Gateway ${missing} has no keys for this tenant.`,
        'Set its secret key in the environment first.',
      );
  }
}
