import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { IdentifierKind } from '@tollkeeper/contracts';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import type { Identifier } from '../domain/identifier-ownership';
import type { InventoryState } from '../domain/inventory-moves';
import { Inventory, type InventoryRow } from './inventory.schema';

export interface InventoryQuery {
  kind: IdentifierKind;
  at: Instant;
  limit: number;
  state?: InventoryState;
  prefix?: string;
  startingAfter?: string;
}

export const inventoryId = (tenantId: string, { kind, value }: Identifier): string =>
  `${tenantId}/${kind}/${value}`;

/** Beyond every digit. */
const afterDigits = ':';

@Injectable()
export class InventoryRepository {
  constructor(private readonly db: ServiceDatabase) {}

  findMany(tenantId: string, identifiers: readonly Identifier[]): Promise<InventoryRow[]> {
    const ids = identifiers.map((identifier) => inventoryId(tenantId, identifier));
    return this.rows(tenantId).find({ _id: { $in: ids } });
  }

  reservedFor(tenantId: string, orderId: string): Promise<InventoryRow[]> {
    return this.rows(tenantId).find({ 'spans.orderId': { $type: 'string', $eq: orderId } });
  }

  /** In the order of their values. */
  page(
    tenantId: string,
    { kind, at, limit, state, prefix = '', startingAfter = '' }: InventoryQuery,
  ): Promise<InventoryRow[]> {
    const value = { $gte: prefix, $lt: `${prefix}${afterDigits}`, $gt: startingAfter };
    return this.rows(tenantId).find({ kind, value, ...inState(state, at) }, { sort: { value: 1 }, limit });
  }

  async insertMany(tenantId: string, rows: InventoryRow[]): Promise<void> {
    await this.rows(tenantId).insertMany(rows);
  }

  /** Within a transaction: of two that take one value into the inventory at once, one meets a conflict and starts over. */
  async save(
    tenantId: string,
    { fresh, known }: { fresh: InventoryRow[]; known: InventoryRow[] },
  ): Promise<void> {
    await this.rows(tenantId).insertMany(fresh);
    await this.rows(tenantId).bulkWrite(
      known.map(({ _id, blockId, pairedWith, isForeign, spans, freeFrom }) =>
        updateOne({ _id }, { $set: { blockId, pairedWith, isForeign, spans, freeFrom } }),
      ),
    );
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Inventory);
  }
}

function inState(state: InventoryState | undefined, at: Instant): object {
  if (!state) return {};
  if (state === 'available') return { freeFrom: { $lte: at } };
  const lasts = { $or: [{ to: null }, { to: { $gt: at } }] };
  return { 'spans.state': state, spans: { $elemMatch: { state, from: { $lte: at }, ...lasts } } };
}
