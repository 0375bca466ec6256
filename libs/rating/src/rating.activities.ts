import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type {
  ClosePeriodInput,
  FactBatch,
  RatingActivities as RatingContract,
  RatingBulkActivities,
  ReceivePublicationInput,
  ReratingActivities,
  SessionActivities,
  StorageRef,
} from '@tollkeeper/contracts';
import { pendingOutbox, ServiceDatabase } from '@tollkeeper/platform';
import { AccountService } from './accounts/account.service';
import { PeriodService } from './periods/period.service';
import { PublicationService } from './publications/publication.service';
import { ReratingService, type ReratingStep } from './rerating/rerating.service';
import { TenantRepository } from './accounts/tenant.repository';
import { type ImportInput, UsageImportService } from './imports/usage-import.service';
import { UsageSessionService } from './sessions/usage-session.service';

@Injectable()
export class RatingActivities
  implements RatingContract, RatingBulkActivities, ReratingActivities, SessionActivities
{
  constructor(
    private readonly db: ServiceDatabase,
    private readonly imports: UsageImportService,
    private readonly periods: PeriodService,
    private readonly accounts: AccountService,
    private readonly publications: PublicationService,
    private readonly tenants: TenantRepository,
    private readonly sessions: UsageSessionService,
    private readonly reratings: ReratingService,
  ) {}

  async importUsage(input: ImportInput) {
    return this.imports.importUsage(input);
  }

  async failImport({ tenantId, importId, reason }: { tenantId: string; importId: string; reason: string }) {
    return this.imports.failImport(tenantId, importId, reason);
  }

  async closePeriod(input: ClosePeriodInput) {
    return this.periods.closePeriod(input);
  }

  async closeSilentSessions({ tenantId, at }: { tenantId: string; at: Instant }) {
    return this.sessions.closeSilent(tenantId, at);
  }

  async rerateUsage(input: ReratingStep) {
    return this.reratings.rerate(input);
  }

  async failRerating({
    tenantId,
    reratingId,
    reason,
  }: {
    tenantId: string;
    reratingId: string;
    reason: string;
  }) {
    return this.reratings.fail(tenantId, reratingId, reason);
  }

  async reopenPeriods({
    tenantId,
    runId,
    accountIds,
  }: {
    tenantId: string;
    runId: string;
    accountIds: string[] | null;
  }) {
    return this.periods.reopenPeriods(tenantId, runId, accountIds);
  }

  async nameInvoices({
    tenantId,
    runId,
    invoices,
    at,
  }: {
    tenantId: string;
    runId: string;
    invoices: StorageRef;
    at?: Instant;
  }) {
    return this.periods.nameInvoices(tenantId, runId, invoices, at);
  }

  async receiveAccountChanged(batch: FactBatch<'accountChanged'>) {
    return this.accounts.receive(batch);
  }

  async receiveTenantChanged({ tenantId, facts }: FactBatch<'tenantChanged'>) {
    return this.tenants.keepNewer(tenantId, facts);
  }

  async receivePublication(input: ReceivePublicationInput) {
    return this.publications.receive(input);
  }

  async receiveVersionWithdrawn({ tenantId, facts }: FactBatch<'versionWithdrawn'>) {
    return this.publications.withdraw(tenantId, facts);
  }

  async receivePriceOverrideChanged({ tenantId, facts }: FactBatch<'priceOverrideChanged'>) {
    return this.publications.keepOverrides(tenantId, facts);
  }

  async pendingWork({ tenantId }: { tenantId: string }) {
    return pendingOutbox(this.db, tenantId);
  }
}
