import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { newId, ServiceDatabase } from '@tollkeeper/platform';
import type { AllocationSource, PlacedAllocation } from '../domain/ledger/undo-allocation';
import { type AllocationRow, Allocations } from './allocation.schema';

interface AllocationFilter {
  accountId?: string;
  invoiceId?: string;
  paymentId?: string;
}

export const newAllocationId = (): string => newId('alc');

@Injectable()
export class AllocationRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async insertMany(tenantId: string, at: Instant, placed: PlacedAllocation[]): Promise<void> {
    await this.allocations(tenantId).insertMany(
      placed.map((each) => ({ _id: idOf(tenantId, each.allocationId), ...each, at, undone: null })),
    );
  }

  find(tenantId: string, allocationId: string): Promise<AllocationRow | null> {
    return this.allocations(tenantId).findOne({ _id: idOf(tenantId, allocationId) });
  }

  /** Newest first. */
  live(
    tenantId: string,
    filter: { paymentId: string } | { accountId: string; source: AllocationSource },
  ): Promise<AllocationRow[]> {
    return this.allocations(tenantId).find({ ...filter, undone: null }, { sort: { at: -1, _id: -1 } });
  }

  async markUndone(
    tenantId: string,
    allocationId: string,
    undone: NonNullable<AllocationRow['undone']>,
  ): Promise<void> {
    await this.allocations(tenantId).updateOne(
      { _id: idOf(tenantId, allocationId), undone: null },
      { $set: { undone } },
    );
  }

  /** Newest first. */
  async list(
    tenantId: string,
    filter: AllocationFilter,
    limit: number,
    startingAfter?: string,
  ): Promise<AllocationRow[]> {
    const last = startingAfter ? await this.find(tenantId, startingAfter) : null;
    const older = last ? { $or: [{ at: { $lt: last.at } }, { at: last.at, _id: { $lt: last._id } }] } : {};
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    return this.allocations(tenantId).find({ ...given, ...older }, { sort: { at: -1, _id: -1 }, limit });
  }

  /** What pays an invoice, the last first. */
  liveOf(tenantId: string, invoiceId: string): Promise<AllocationRow[]> {
    return this.allocations(tenantId).find({ invoiceId, undone: null }, { sort: { at: -1, _id: -1 } });
  }

  /** Payments that these invoices' open amounts have ever counted: also those whose allocation was undone. */
  async paymentsOf(
    tenantId: string,
    invoiceIds: string[],
  ): Promise<{ invoiceId: string; paymentId: string }[]> {
    const rows = await this.allocations(tenantId).find(
      { invoiceId: { $in: invoiceIds }, paymentId: { $type: 'string' } },
      { sort: { at: 1, _id: 1 }, projection: { invoiceId: 1, paymentId: 1 } },
    );
    return rows.flatMap(({ invoiceId, paymentId }) => (paymentId ? [{ invoiceId, paymentId }] : []));
  }

  private allocations(tenantId: string) {
    return this.db.tenant(tenantId).collection(Allocations);
  }
}

const idOf = (tenantId: string, allocationId: string): string => `${tenantId}/${allocationId}`;
