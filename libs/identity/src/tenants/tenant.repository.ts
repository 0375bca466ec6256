import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type TenantRow, Tenants } from './tenant.schema';

@Injectable()
export class TenantRepository {
  constructor(private readonly database: ServiceDatabase) {}

  async find(tenantId: string): Promise<TenantRow | null> {
    return this.rows(tenantId).findOne({ _id: tenantId });
  }

  async insert(row: TenantRow): Promise<void> {
    await this.rows(row._id).insertOne(row);
  }

  /** `null` when someone else changed the row since it was read at `revision`. */
  async change(tenantId: string, revision: number, fields: Partial<TenantRow>): Promise<TenantRow | null> {
    return this.rows(tenantId).findOneAndUpdate(
      { _id: tenantId, revision },
      { $set: fields, $inc: { revision: 1 } },
    );
  }

  async bumpStaff(tenantId: string): Promise<void> {
    await this.rows(tenantId).updateOne({ _id: tenantId }, { $inc: { staffRevision: 1 } });
  }

  /** For the operator of the installation, who stands above tenants. */
  async listAll({ startingAfter, limit }: { startingAfter?: string; limit: number }): Promise<TenantRow[]> {
    const filter = startingAfter ? { _id: { $gt: startingAfter } } : {};
    const rows = this.database
      .acrossTenants(Tenants)
      .find(filter as object)
      .sort({ _id: 1 })
      .limit(limit);
    return (await rows.toArray()) as unknown as TenantRow[];
  }

  private rows(tenantId: string) {
    return this.database.tenant(tenantId).collection(Tenants);
  }
}
