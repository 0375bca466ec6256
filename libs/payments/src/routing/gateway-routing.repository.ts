import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import type { RoutingRule } from '../domain/gateway-routes';
import { type GatewayRoutingRow, GatewayRoutings } from './gateway-routing.schema';

@Injectable()
export class GatewayRoutingRepository {
  constructor(private readonly database: ServiceDatabase) {}

  /** None: every method is charged where it was added. */
  async rules(tenantId: string): Promise<RoutingRule[]> {
    return (await this.of(tenantId).findOne({ _id: tenantId }))?.rules ?? [];
  }

  async put(tenantId: string, { _id, ...row }: GatewayRoutingRow): Promise<void> {
    await this.of(tenantId).updateOne({ _id }, { $set: row }, { upsert: true });
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(GatewayRoutings);
  }
}
