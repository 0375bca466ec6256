import { Injectable } from '@nestjs/common';
import { AuditLog, badInput, BusinessClock, type Principal, ServiceDatabase } from '@tollkeeper/platform';
import type { RoutingRule } from '../domain/gateway-routes';
import { Gateways } from '../gateway/gateways';
import { GatewayRoutingRepository } from './gateway-routing.repository';

@Injectable()
export class GatewayRoutingService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly routing: GatewayRoutingRepository,
    private readonly gateways: Gateways,
  ) {}

  async put(principal: Principal, rules: RoutingRule[], reason: string): Promise<{ rules: RoutingRule[] }> {
    const { tenantId } = principal;
    for (const [no, { gateways }] of rules.entries()) this.refuseUnusable(tenantId, gateways, `rules.${no}`);
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      const before = await this.routing.rules(tenantId);
      await this.routing.put(tenantId, { _id: tenantId, rules, changedAt: at });
      const entry = { at, what: 'putGatewayRouting', entity: tenantId, reason };
      await this.audit.record(principal, { ...entry, before: { rules: before }, after: { rules } });
      return { rules };
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
