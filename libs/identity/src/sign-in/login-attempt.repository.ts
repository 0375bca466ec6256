import { Injectable } from '@nestjs/common';
import { isDuplicateKey, ServiceDatabase } from '@tollkeeper/platform';
import { type LoginAttemptRow, LoginAttempts } from './login-attempt.schema';

@Injectable()
export class LoginAttemptRepository {
  constructor(private readonly database: ServiceDatabase) {}

  async find(tenantId: string, id: string): Promise<LoginAttemptRow | null> {
    return this.rows(tenantId).findOne({ _id: id });
  }

  /** Saves what was decided from `seen`; false when another attempt came in between. */
  async replace(tenantId: string, seen: LoginAttemptRow | null, next: LoginAttemptRow): Promise<boolean> {
    if (seen) {
      const { _id, ...fields } = next;
      const result = await this.rows(tenantId).updateOne({ _id, failures: seen.failures }, { $set: fields });
      return result.matchedCount === 1;
    }
    try {
      await this.rows(tenantId).insertOne(next);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async forget(tenantId: string, id: string): Promise<void> {
    await this.rows(tenantId).deleteMany({ _id: id });
  }

  private rows(tenantId: string) {
    return this.database.tenant(tenantId).collection(LoginAttempts);
  }
}
