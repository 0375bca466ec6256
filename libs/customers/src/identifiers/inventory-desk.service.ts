import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  AuditLog,
  badInput,
  BusinessClock,
  notFound,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { ageingEndsAt } from '../domain/ageing';
import type { Identifier } from '../domain/identifier-ownership';
import { type AgeingDays, InventorySettingsRepository } from './inventory-settings.repository';
import type { InventoryRow } from './inventory.schema';
import { InventoryService } from './inventory.service';

const longestReservationDays = 90;

/** What people do with the inventory: each in a transaction of its own, with who and why. */
@Injectable()
export class InventoryDesk {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly inventory: InventoryService,
    private readonly settings: InventorySettingsRepository,
  ) {}

  async reserve(
    principal: Principal,
    { orderId, identifiers, until }: { orderId: string; identifiers: Identifier[]; until: Instant },
  ): Promise<void> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const latest = ageingEndsAt(at, longestReservationDays) ?? at;
    if (until > latest)
      throw badInput('until', `A reservation lasts ${longestReservationDays} days at most, until ${latest}.`);
    await this.db.transaction(async () => {
      await this.inventory.reserve(tenantId, orderId, identifiers, until, at);
      const after = { identifiers, until };
      await this.audit.record(principal, { at, what: 'reserveIdentifiers', entity: orderId, after });
    });
  }

  async release(principal: Principal, orderId: string): Promise<{ released: number }> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      if (!(await this.inventory.hasReserved(tenantId, orderId))) throw notFound('reservation', orderId);
      const after = await this.inventory.release(tenantId, orderId, at);
      if (after.released > 0)
        await this.audit.record(principal, { at, what: 'releaseIdentifiers', entity: orderId, after });
      return after;
    });
  }

  async takeBack(
    principal: Principal,
    identifier: Identifier,
    reason: string,
  ): Promise<{ row: InventoryRow; at: Instant }> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const row = await this.db.transaction(async () => {
      const taken = await this.inventory.takeBack(tenantId, identifier, at);
      await this.audit.record(principal, { at, what: 'takeBackNumber', entity: identifier.value, reason });
      return taken;
    });
    return { row, at };
  }

  async changeSettings(principal: Principal, after: AgeingDays, reason: string): Promise<AgeingDays> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    await this.db.transaction(async () => {
      const before = await this.settings.get(tenantId);
      await this.settings.set(tenantId, after);
      const entry = {
        at,
        what: 'changeInventorySettings',
        entity: 'inventorySettings',
        before,
        after,
        reason,
      };
      await this.audit.record(principal, entry);
    });
    return after;
  }
}
