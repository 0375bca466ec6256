import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { AuditLog, type Principal, ServiceDatabase } from '@tollkeeper/platform';
import { AccountService } from '../accounts/account.service';
import { UsageImportRepository } from '../imports/usage-import.repository';
import { UsageRatingService } from '../usage/usage-rating.service';
import { UsageRepository } from '../usage/usage.repository';
import type { UsageRow } from '../usage/usage.schema';

interface Recycling {
  startingAfter?: string;
  limit: number;
  reason: string;
  at: Instant;
}

interface RecycledUsage {
  looked: number;
  rated: number;
  /** Pass it as `startingAfter` to go on; `null` at the end. */
  next: string | null;
}

/** Usage that waits for repair, and its second chance. */
@Injectable()
export class SuspenseService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly usages: UsageRepository,
    private readonly imports: UsageImportRepository,
    private readonly rating: UsageRatingService,
    private readonly accounts: AccountService,
  ) {}

  async list(tenantId: string, startingAfter: string | undefined, limit: number): Promise<UsageRow[]> {
    return this.usages.inSuspense(tenantId, startingAfter ?? null, limit);
  }

  /** Guides and rates again; what still cannot be rated stays, with today's reason. */
  async recycle(
    principal: Principal,
    { startingAfter, limit, reason, at }: Recycling,
  ): Promise<RecycledUsage> {
    const { tenantId } = principal;
    const known = await this.accounts.startLearning(tenantId);
    return this.db.transaction(async () => {
      const rows = await this.usages.inSuspense(tenantId, startingAfter ?? null, limit);
      await this.accounts.learn(tenantId, known, rows);
      const columns = await this.rating.rate(tenantId, rows, known, at);
      await this.usages.leaveSuspense(tenantId, columns);
      const ratedByImport = new Map<string, number>();
      // Parts of sessions and of calls are no lines of a file: no count of an import is theirs.
      for (const { recordId, importId } of rows.filter(({ session, partOf }) => !session && !partOf)) {
        if (columns.get(recordId)?.status === 'rated')
          ratedByImport.set(importId, (ratedByImport.get(importId) ?? 0) + 1);
      }
      await this.imports.moveOutOfSuspense(tenantId, ratedByImport);
      const rated = [...columns.values()].filter(({ status }) => status === 'rated').length;
      const after = { looked: rows.length, rated };
      await this.audit.record(principal, { at, what: 'recycleSuspense', entity: 'suspense', after, reason });
      return { ...after, next: rows.length === limit ? (rows[rows.length - 1]?.recordId ?? null) : null };
    });
  }
}
