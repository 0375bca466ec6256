import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type RefreshTokenRow, RefreshTokens } from './refresh-token.schema';

export type StoredRefreshToken = RefreshTokenRow & { tenantId: string };

@Injectable()
export class RefreshTokenRepository {
  constructor(private readonly database: ServiceDatabase) {}

  /** The token is the credential: the tenant is known only from its row. */
  async find(hash: string): Promise<StoredRefreshToken | null> {
    return (await this.database
      .acrossTenants(RefreshTokens)
      .findOne(
        { _id: hash as never },
        { session: this.database.session },
      )) as unknown as StoredRefreshToken | null;
  }

  async insert(tenantId: string, row: RefreshTokenRow): Promise<void> {
    await this.rows(tenantId).insertOne(row);
  }

  /** False when another call used it first. */
  async markUsed(tenantId: string, hash: string): Promise<boolean> {
    const result = await this.rows(tenantId).updateOne(
      { _id: hash, used: false, revoked: false },
      { $set: { used: true } },
    );
    return result.modifiedCount === 1;
  }

  async revokeFamily(tenantId: string, familyId: string): Promise<void> {
    await this.rows(tenantId).updateMany({ familyId, revoked: false }, { $set: { revoked: true } });
  }

  async revokeSubject(tenantId: string, subject: string): Promise<void> {
    await this.rows(tenantId).updateMany({ subject, revoked: false }, { $set: { revoked: true } });
  }

  private rows(tenantId: string) {
    return this.database.tenant(tenantId).collection(RefreshTokens);
  }
}
