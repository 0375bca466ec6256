import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import { collectionIdOf, collectionSignals, type PayableFact } from '@tollkeeper/contracts';
import { Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { CollectionRepository } from '../dunning/collection.repository';
import { DebitPlanning } from '../debits/debit-planning.service';
import { newestFacts } from '../domain/attempts/newest-facts';
import { totalOwedMinor } from '../domain/attempts/reservations';
import { AgencyDebts } from '../dunning/hand-overs/agency-debts.service';
import { PayableRepository } from './payable.repository';
import { ProfileRepository } from '../payers/profile.repository';

/** Keeps what invoices still ask for, as invoicing tells it. */
@Injectable()
export class PayableService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly payables: PayableRepository,
    private readonly collections: CollectionRepository,
    private readonly profiles: ProfileRepository,
    private readonly debits: DebitPlanning,
    private readonly agency: AgencyDebts,
  ) {}

  async receive(tenantId: string, at: Instant, facts: PayableFact[]): Promise<void> {
    await this.database.transaction(async () => {
      const held = await this.payables.revisions(
        tenantId,
        facts.map(({ invoiceId }) => invoiceId),
      );
      const newest = newestFacts(facts, ({ invoiceId }) => invoiceId, held);
      if (newest.length === 0) return;
      const accountIds = [...new Set(newest.map(({ accountId }) => accountId))];
      await this.payables.store(tenantId, newest);
      await this.payables.endGuesses(
        tenantId,
        accountIds,
        newest.flatMap(({ appliedPaymentIds }) => appliedPaymentIds),
      );
      await this.debits.planOpen(tenantId, at, accountIds);
      await this.wakeCured(tenantId, at, accountIds, newest);
      // No agency has an invoice that is new.
      const changed = newest.filter(({ invoiceId }) => held.has(invoiceId));
      await this.agency.changed(tenantId, changed, at);
    });
  }

  /** A case whose debt is gone, or agreed upon, looks at once, not at its next step. */
  private async wakeCured(
    tenantId: string,
    at: Instant,
    accountIds: string[],
    facts: PayableFact[],
  ): Promise<void> {
    const cases = await this.collections.openOf(tenantId, accountIds);
    const accounts = await this.profiles.accounts(tenantId, accountIds);
    for (const { accountId, currency, promise, plan } of cases) {
      const on = localDateOf(at, accounts.get(accountId)?.zone ?? 'UTC');
      const overdue = await this.payables.overdueOf(tenantId, [accountId], on);
      // A part may keep a promise, or an instalment of a plan.
      if (totalOwedMinor(overdue, currency) > 0 && !promise && !plan) continue;
      const changed = facts.filter((fact) => fact.accountId === accountId);
      const eventId = changed.map(({ invoiceId, revision }) => `${invoiceId}:${revision}`).join();
      const processId = collectionIdOf(tenantId, accountId);
      await this.outbox.signal(tenantId, processId, collectionSignals.paymentReceived, { eventId, at });
    }
  }
}
