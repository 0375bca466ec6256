import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { beyondTheLaw, type WithdrawalDays } from '../domain/withdrawal';
import { WithdrawalPolicies } from './withdrawal-policy.schema';

@Injectable()
export class WithdrawalPolicyRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** What the law gives, and what the operator gives beyond it. */
  async find(tenantId: string): Promise<WithdrawalDays> {
    const row = await this.rows(tenantId).findOne({ _id: tenantId });
    return beyondTheLaw(row?.days ?? {});
  }

  async put(tenantId: string, days: WithdrawalDays): Promise<void> {
    await this.rows(tenantId).updateOne({ _id: tenantId }, { $set: { days } }, { upsert: true });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(WithdrawalPolicies);
  }
}
