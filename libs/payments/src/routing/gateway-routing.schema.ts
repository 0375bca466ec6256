import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { RoutingRule } from '../domain/gateway-routes';

/** A tenant's rules, one row each. */
export interface GatewayRoutingRow {
  /** The tenant's id. */
  _id: string;
  rules: RoutingRule[];
  changedAt: Instant;
}

export const GatewayRoutings = defineCollection<GatewayRoutingRow>(
  'gatewayRoutings',
  rowSchema({
    _id: { type: String, required: true },
    rules: { type: [Object], required: true },
    changedAt: { type: String, required: true },
  }),
  [],
);
