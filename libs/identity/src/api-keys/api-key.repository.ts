import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type ApiKeyRow, ApiKeys } from './api-key.schema';

type StoredApiKey = ApiKeyRow & { tenantId: string };

@Injectable()
export class ApiKeyRepository {
  constructor(private readonly database: ServiceDatabase) {}

  /** The key is the credential: the tenant is known only from its row. */
  async findById(id: string): Promise<StoredApiKey | null> {
    return (await this.database
      .acrossTenants(ApiKeys)
      .findOne({ _id: id as never })) as unknown as StoredApiKey | null;
  }

  async list(
    tenantId: string,
    { startingAfter, limit }: { startingAfter?: string; limit: number },
  ): Promise<ApiKeyRow[]> {
    const filter = startingAfter ? { _id: { $gt: startingAfter } } : {};
    return this.rows(tenantId).find(filter, { sort: { _id: 1 }, limit });
  }

  async insert(tenantId: string, row: ApiKeyRow): Promise<void> {
    await this.rows(tenantId).insertOne(row);
  }

  /** `null` when there is none, or it was revoked before. */
  async revoke(tenantId: string, id: string, at: string): Promise<ApiKeyRow | null> {
    return this.rows(tenantId).findOneAndUpdate({ _id: id, revokedAt: null }, { $set: { revokedAt: at } });
  }

  async markUsed(tenantId: string, id: string, at: string): Promise<void> {
    await this.rows(tenantId).updateOne({ _id: id }, { $set: { lastUsedAt: at } });
  }

  private rows(tenantId: string) {
    return this.database.tenant(tenantId).collection(ApiKeys);
  }
}
