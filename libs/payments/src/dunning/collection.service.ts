import { Injectable } from '@nestjs/common';
import { type Instant, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import {
  collection,
  collectionIdOf,
  type CollectionSignal,
  collectionSignals,
  type DunningPolicy,
} from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  conflict,
  newId,
  notFound,
  Outbox,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { AccountFlags } from '../payers/account-flags.service';
import { AttemptRepository } from '../attempts/attempt.repository';
import { type CaseChange, CollectionRepository } from './collection.repository';
import { type CollectionRow } from './collection.schema';
import { ForgottenCases } from './forgotten-cases.service';
import { owedMinor, totalOwedMinor } from '../domain/attempts/reservations';
import { newCase } from './new-case';
import { opensCase, PolicyChoice } from './policies/policy-choice.service';
import { PayableRepository } from '../payables/payable.repository';
import { awaitsDebit, type PayableRow } from '../payables/payable.schema';
import { ProfileRepository } from '../payers/profile.repository';

/** Accounts looked at together. */
const accountsPerPage = 500;

type WantedChange = CaseChange | ((before: CollectionRow, at: Instant) => CaseChange | Promise<CaseChange>);

/** Opens cases, and lets people steer them: a row, its audit and the wake-up of the process in one transaction. */
@Injectable()
export class CollectionService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly collections: CollectionRepository,
    private readonly payables: PayableRepository,
    private readonly attempts: AttemptRepository,
    private readonly choice: PolicyChoice,
    private readonly profiles: ProfileRepository,
    private readonly flags: AccountFlags,
    private readonly forgotten: ForgottenCases,
  ) {}

  /** At most `limit` cases; `more` while there were as many. */
  async openCollections(
    tenantId: string,
    on: LocalDate,
    at: Instant,
    limit: number,
  ): Promise<{ opened: number; more: boolean; heldUntil: Instant | null }> {
    const fallback = await this.choice.inForce(tenantId);
    if (!fallback) return { opened: 0, more: false, heldUntil: null };
    await this.forgotten.startAgain(tenantId, at);
    let [opened, after] = [0, ''];
    let heldUntil: Instant | null = null;
    while (opened < limit) {
      const accountIds = await this.payables.overdueAccounts(tenantId, on, after, accountsPerPage);
      const policies = await this.choice.forAccounts(tenantId, accountIds, fallback);
      const held = await this.flags.holding(tenantId, accountIds, 'collectionHold', at);
      heldUntil = earliest([heldUntil, ...[...held.values()].map(({ to }) => to)]);
      const free = accountIds.filter((accountId) => !held.has(accountId));
      const debtors = await this.debtorsAmong(tenantId, on, free, policies);
      const chosen = debtors.slice(0, limit - opened);
      await this.open(tenantId, at, policies, chosen);
      opened += chosen.length;
      after = accountIds.at(-1) ?? after;
      if (accountIds.length < accountsPerPage) break;
    }
    return { opened, more: opened === limit, heldUntil };
  }

  async startByHand(principal: Principal, accountId: string, reason: string): Promise<CollectionRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const account = await this.profiles.account(tenantId, accountId);
    if (!account) throw notFound('account', accountId);
    const fallback = await this.choice.inForce(tenantId);
    if (!fallback) throw conflict('policyMissing', 'There is no dunning policy yet.');
    const overdue = await this.payables.overdueOf(tenantId, [accountId], localDateOf(at, account.zone));
    const currency = overdue[0]?.currency ?? account.currency;
    if (totalOwedMinor(overdue, currency) === 0)
      throw conflict('nothingOverdue', `Account ${accountId} has no overdue debt.`);
    return this.database.transaction(async () => {
      const [open] = await this.collections.openOf(tenantId, [accountId]);
      if (open) throw conflict('collectionOpen', `Collection ${open._id} is open for this account.`);
      const held = await this.flags.holding(tenantId, [accountId], 'collectionHold', at);
      if (held.size > 0)
        throw conflict(
          'collectionHold',
          `Account ${accountId} is tagged collectionHold.`,
          'End the tag at /v1/customers/accounts/{accountId}/tags first.',
        );
      const policies = await this.choice.forAccounts(tenantId, [accountId], fallback);
      const [row] = await this.open(tenantId, at, policies, [{ accountId, currency }], 'byHand');
      if (!row) throw new Error('a case was not opened');
      await this.audit.record(principal, {
        at,
        what: 'startCollection',
        entity: row._id,
        after: { accountId },
        reason,
      });
      return row;
    });
  }

  /**
   * The change, who made it, and the wake-up. A change that builds on what the case holds is worked out from the row of
   * this transaction: of two people at once the second sees what the first has done.
   */
  async steer(
    principal: Principal,
    caseId: string,
    { signal, change: wanted, reason }: { signal: CollectionSignal; change: WantedChange; reason: string },
  ): Promise<CollectionRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      const before = await this.collections.one(tenantId, caseId);
      if (!before) throw notFound('collection', caseId);
      if (before.state === 'closed') throw conflict('collectionClosed', `Collection ${caseId} is closed.`);
      const change = typeof wanted === 'function' ? await wanted(before, at) : wanted;
      const after = await this.collections.change(tenantId, caseId, change);
      if (!after) throw conflict('collectionClosed', `Collection ${caseId} is closed.`);
      const { hold, promise, writtenOff, plan, disputes } = before;
      await this.audit.record(principal, {
        at,
        what: signal,
        entity: caseId,
        before: { hold, promise, writtenOff, plan, disputes },
        after: change,
        reason,
      });
      const event = { eventId: newId('evt'), at, by: principal.name, reason };
      await this.outbox.signal(
        tenantId,
        collectionIdOf(tenantId, after.accountId),
        collectionSignals[signal],
        event,
      );
      return after;
    });
  }

  /** Whoever owes enough, is in no case yet, and has no charge under way that may still settle it. */
  private async debtorsAmong(
    tenantId: string,
    on: LocalDate,
    accountIds: string[],
    policyOf: (accountId: string) => DunningPolicy,
  ) {
    const inCase = new Set(
      (await this.collections.openOf(tenantId, accountIds)).map(({ accountId }) => accountId),
    );
    const beingCharged = await this.attempts.accountsWithOpen(tenantId, accountIds);
    const free = accountIds.filter((accountId) => !inCase.has(accountId) && !beingCharged.has(accountId));
    const byAccount = new Map<string, PayableRow[]>();
    for (const payable of await this.payables.overdueOf(tenantId, free, on)) {
      // The day that we announced is our choice, not the payer's delay.
      if (awaitsDebit(payable, on)) continue;
      byAccount.set(payable.accountId, [...(byAccount.get(payable.accountId) ?? []), payable]);
    }
    return [...byAccount].flatMap(([accountId, overdue]) => {
      const currency = overdue[0]?.currency ?? '';
      const invoices = overdue.filter((payable) => owedMinor(payable) > 0).length;
      const debt = { owedMinor: totalOwedMinor(overdue, currency), invoices, currency };
      return opensCase(policyOf(accountId), debt) ? [{ accountId, currency }] : [];
    });
  }

  private async open(
    tenantId: string,
    at: Instant,
    policyOf: (accountId: string) => DunningPolicy,
    debtors: { accountId: string; currency: string }[],
    byHand?: 'byHand',
  ) {
    if (debtors.length === 0) return [];
    const accounts = await this.profiles.accounts(
      tenantId,
      debtors.map(({ accountId }) => accountId),
    );
    const rows = debtors.map((debtor) =>
      newCase(
        {
          ...debtor,
          policy: policyOf(debtor.accountId),
          zone: accounts.get(debtor.accountId)?.zone ?? 'UTC',
          at,
        },
        byHand,
      ),
    );
    await this.database.transaction(async () => {
      await this.collections.insert(tenantId, rows);
      const inputs = rows.map(({ _id: caseId, accountId }) => {
        const policy = policyOf(accountId);
        return { tenantId, at, accountId, caseId, policy };
      });
      await this.outbox.start(collection, inputs);
    });
    return rows;
  }
}

const earliest = (instants: (Instant | null)[]): Instant | null =>
  instants.flatMap((each) => each ?? []).sort()[0] ?? null;
