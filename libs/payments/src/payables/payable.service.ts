import { Injectable } from '@nestjs/common';
import { type Instant, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import { collectionIdOf, collectionSignals, type PayableFact } from '@tollkeeper/contracts';
import { Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { CollectionRepository } from '../dunning/collection.repository';
import type { CollectionRow } from '../dunning/collection.schema';
import { DunningPolicyRepository } from '../dunning/policies/dunning-policy.repository';
import { barRuleOf } from '../domain/dunning/bar-rules';
import { waitsForMoreDebt } from '../domain/dunning/level-conditions';
import { StaleChallenges } from '../challenges/stale-challenges.service';
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
    private readonly policies: DunningPolicyRepository,
    private readonly challenges: StaleChallenges,
  ) {}

  async receive(tenantId: string, at: Instant, facts: PayableFact[]): Promise<void> {
    const stale = await this.database.transaction(async () => {
      const held = await this.payables.revisions(
        tenantId,
        facts.map(({ invoiceId }) => invoiceId),
      );
      const newest = newestFacts(facts, ({ invoiceId }) => invoiceId, held);
      if (newest.length === 0) return [];
      const accountIds = [...new Set(newest.map(({ accountId }) => accountId))];
      await this.payables.store(tenantId, newest);
      await this.payables.endGuesses(
        tenantId,
        accountIds,
        newest.flatMap(({ appliedPaymentIds }) => appliedPaymentIds),
      );
      await this.debits.planOpen(tenantId, at, accountIds);
      const isNew = newest.filter(({ invoiceId, openMinor }) => openMinor > 0 && !held.has(invoiceId));
      const grown = new Set(isNew.map(({ accountId }) => accountId));
      await this.wakeCases(tenantId, at, accountIds, newest, grown);
      // No agency has an invoice that is new.
      const changed = newest.filter(({ invoiceId }) => held.has(invoiceId));
      await this.agency.changed(tenantId, changed, at);
      return this.challenges.mark(tenantId, at, changed);
    });
    await this.challenges.cancel(tenantId, at, stale);
  }

  /** A case whose debt is gone, agreed upon, or large enough now, looks at once, not at its next step. */
  private async wakeCases(
    tenantId: string,
    at: Instant,
    accountIds: string[],
    facts: PayableFact[],
    grown: ReadonlySet<string>,
  ): Promise<void> {
    const cases = await this.collections.openOf(tenantId, accountIds);
    const accounts = await this.profiles.accounts(tenantId, accountIds);
    for (const row of cases) {
      const { accountId, currency } = row;
      const { zone = 'UTC', country = '' } = accounts.get(accountId) ?? {};
      const on = localDateOf(at, zone);
      const overdue = await this.payables.overdueOf(tenantId, [accountId], on);
      const isNews =
        mindsParts(row) || (grown.has(accountId) && (await this.waitsForMore(tenantId, row, country, on)));
      if (totalOwedMinor(overdue, currency) >= Math.max(1, row.minimumMinor ?? 0) && !isNews) continue;
      const changed = facts.filter((fact) => fact.accountId === accountId);
      const eventId = changed.map(({ invoiceId, revision }) => `${invoiceId}:${revision}`).join();
      const processId = collectionIdOf(tenantId, accountId);
      await this.outbox.signal(tenantId, processId, collectionSignals.paymentReceived, { eventId, at });
    }
  }

  private async waitsForMore(
    tenantId: string,
    { policyId, policyVersion }: CollectionRow,
    country: string,
    on: LocalDate,
  ): Promise<boolean> {
    const policy = await this.policies.version(tenantId, policyId, policyVersion);
    const minimum = barRuleOf(country, on)?.minimum ?? null;
    return policy !== null && waitsForMoreDebt(policy.levels, minimum !== null);
  }
}

/** A part may keep a promise, or an instalment of a plan, leave only what is disputed, or take a bar its ground. */
const mindsParts = ({ promise, plan, restricted, disputes = [] }: CollectionRow): boolean =>
  promise !== null ||
  plan?.state === 'active' ||
  restricted ||
  disputes.some(({ closedAt }) => closedAt === null);
