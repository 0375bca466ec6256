import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase, upsertOne } from '@tollkeeper/platform';
import { type AssignmentRow, Assignments, IdentifierLocks } from './assignment.schema';
import { identifierKey } from '../domain/identifier-ownership';

type Identifier = Pick<AssignmentRow, 'kind' | 'value'>;

@Injectable()
export class AssignmentRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** In the transaction that assigns: a second one that wants the same identifiers starts over after it. */
  async lock(tenantId: string, identifiers: Identifier[]): Promise<void> {
    const locks = new Map(
      identifiers.map(({ kind, value }) => [
        `${tenantId}/${identifierKey({ kind, value })}`,
        { kind, value },
      ]),
    );
    await this.db
      .tenant(tenantId)
      .collection(IdentifierLocks)
      .bulkWrite(
        [...locks].map(([_id, identifier]) =>
          upsertOne({ _id }, { $setOnInsert: identifier, $inc: { version: 1 } }),
        ),
      );
  }

  holding(tenantId: string, identifiers: Identifier[]): Promise<AssignmentRow[]> {
    return this.rows(tenantId).find({ value: { $in: identifiers.map(({ value }) => value) } });
  }

  ofAccounts(tenantId: string, accountIds: string[]): Promise<AssignmentRow[]> {
    return this.rows(tenantId).find(
      { accountId: { $in: accountIds } },
      { sort: { from: 1, kind: 1, value: 1 } },
    );
  }

  /** Accounts that have or had an identifier that begins so. */
  async accountsWith(tenantId: string, digits: string, limit: number): Promise<string[]> {
    const rows = await this.rows(tenantId).find(
      { value: { $regex: `^${digits}` } },
      { limit, projection: { accountId: 1 } },
    );
    return [...new Set(rows.map(({ accountId }) => accountId))];
  }

  insertMany(tenantId: string, rows: AssignmentRow[]): Promise<void> {
    return this.rows(tenantId).insertMany(rows);
  }

  async endAll(tenantId: string, subscriptionId: string, at: Instant): Promise<void> {
    await this.rows(tenantId).deleteMany({ subscriptionId, from: { $gte: at } });
    const open = { subscriptionId, $or: [{ to: null }, { to: { $gt: at } }] };
    await this.rows(tenantId).updateMany(open, { $set: { to: at } });
  }

  ofSubscriptions(tenantId: string, subscriptionIds: string[]): Promise<AssignmentRow[]> {
    return this.rows(tenantId).find(
      { subscriptionId: { $in: subscriptionIds } },
      { sort: { from: 1, kind: 1, value: 1 } },
    );
  }

  /** What the subscription still has goes with it; what it had before stays in the old account's search. */
  async handOver(tenantId: string, subscriptionId: string, accountId: string, at: Instant): Promise<void> {
    const open = { subscriptionId, $or: [{ to: null }, { to: { $gt: at } }] };
    await this.rows(tenantId).updateMany(open, { $set: { accountId } });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Assignments);
  }
}
