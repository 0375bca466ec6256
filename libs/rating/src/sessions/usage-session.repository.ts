import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import { usageKey } from '../usage/usage.schema';
import {
  sessionRowId,
  type UsagePartialRow,
  UsagePartials,
  type UsageSessionRow,
  UsageSessions,
} from './usage-session.schema';

export interface SessionSearch {
  accountId?: string;
  state?: 'open' | 'closed';
  hasGaps?: boolean;
  after: UsageSessionRow | null;
  limit: number;
}

@Injectable()
export class UsageSessionRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** Of these record ids, those that are in already. */
  async takenIds(tenantId: string, recordIds: string[]): Promise<string[]> {
    if (recordIds.length === 0) return [];
    const keys = recordIds.map((recordId) => usageKey(tenantId, recordId));
    const rows = await this.partials(tenantId).find({ _id: { $in: keys } }, { projection: { recordId: 1 } });
    return rows.map(({ recordId }) => recordId);
  }

  async partialsOf(tenantId: string, sessions: string[]): Promise<UsagePartialRow[]> {
    if (sessions.length === 0) return [];
    return this.partials(tenantId).find({ session: { $in: sessions } });
  }

  async insertPartials(tenantId: string, rows: UsagePartialRow[]): Promise<void> {
    await this.partials(tenantId).insertMany(rows);
  }

  async byKeys(tenantId: string, sessions: string[]): Promise<UsageSessionRow[]> {
    if (sessions.length === 0) return [];
    return this.sessions(tenantId).find({
      _id: { $in: sessions.map((each) => sessionRowId(tenantId, each)) },
    });
  }

  async save(tenantId: string, rows: UsageSessionRow[]): Promise<void> {
    await this.sessions(tenantId).bulkWrite(
      rows.map(({ _id, ...row }) => ({
        updateOne: { filter: { _id: _id as never }, update: { $set: row }, upsert: true },
      })),
    );
  }

  async silentBy(tenantId: string, at: Instant, limit: number): Promise<UsageSessionRow[]> {
    return this.sessions(tenantId).find(
      { state: 'open', silentAt: { $lte: at } },
      { sort: { silentAt: 1, _id: 1 }, limit },
    );
  }

  async nextSilence(tenantId: string): Promise<Instant | null> {
    const [next] = await this.sessions(tenantId).find(
      { state: 'open' },
      { sort: { silentAt: 1, _id: 1 }, limit: 1 },
    );
    return next?.silentAt ?? null;
  }

  /** Open ones that began before then and have records that are on no bill yet. */
  async openOf(tenantId: string, accountIds: string[], startedBefore: Instant): Promise<UsageSessionRow[]> {
    return this.sessions(tenantId).find({
      accountId: { $in: accountIds },
      startAt: { $lt: startedBefore },
      state: 'open',
      posted: 0,
    });
  }

  async search(
    tenantId: string,
    { accountId, state, hasGaps, after, limit }: SessionSearch,
  ): Promise<UsageSessionRow[]> {
    const clauses: object[] = [{}];
    if (accountId) clauses.push({ accountId });
    if (state) clauses.push({ state });
    if (hasGaps !== undefined) clauses.push({ 'missing.0': { $exists: hasGaps } });
    if (after)
      clauses.push({
        $or: [{ startAt: { $gt: after.startAt } }, { startAt: after.startAt, _id: { $gt: after._id } }],
      });
    return this.sessions(tenantId).find({ $and: clauses }, { sort: { startAt: 1, _id: 1 }, limit });
  }

  private partials(tenantId: string) {
    return this.db.tenant(tenantId).collection(UsagePartials);
  }

  private sessions(tenantId: string) {
    return this.db.tenant(tenantId).collection(UsageSessions);
  }
}
