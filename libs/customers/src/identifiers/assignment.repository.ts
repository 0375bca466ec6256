import { Injectable } from '@nestjs/common';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import type { Identifier } from '../domain/identifier-ownership';
import { type AssignmentRow, Assignments } from './assignment.schema';

@Injectable()
export class AssignmentRepository {
  constructor(private readonly db: ServiceDatabase) {}

  holding(tenantId: string, identifiers: readonly Identifier[]): Promise<AssignmentRow[]> {
    return this.rows(tenantId).find(
      { value: { $in: identifiers.map(({ value }) => value) } },
      { sort: { from: 1 } },
    );
  }

  ofAccounts(tenantId: string, accountIds: string[]): Promise<AssignmentRow[]> {
    return this.rows(tenantId).find(
      { accountId: { $in: accountIds } },
      { sort: { from: 1, kind: 1, value: 1 } },
    );
  }

  /** SIM cards by their ICCID. */
  cards(tenantId: string, iccid: object): Promise<AssignmentRow[]> {
    return this.rows(tenantId).find({ kind: 'iccid', value: iccid }, { sort: { value: 1, from: 1 } });
  }

  /** Only for `IdentifierBooks`, which writes the inventory in the same transaction. */
  async save(
    tenantId: string,
    { gone, changed, fresh }: { gone: string[]; changed: AssignmentRow[]; fresh: AssignmentRow[] },
  ): Promise<void> {
    if (gone.length > 0) await this.rows(tenantId).deleteMany({ _id: { $in: gone } });
    await this.rows(tenantId).bulkWrite(
      changed.map(({ _id, accountId, to }) => updateOne({ _id }, { $set: { accountId, to } })),
    );
    await this.rows(tenantId).insertMany(fresh);
  }

  ofSubscriptions(tenantId: string, subscriptionIds: string[]): Promise<AssignmentRow[]> {
    return this.rows(tenantId).find(
      { subscriptionId: { $in: subscriptionIds } },
      { sort: { from: 1, kind: 1, value: 1 } },
    );
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Assignments);
  }
}
