import { Injectable } from '@nestjs/common';
import { addDuration, type Instant } from '@tollkeeper/calendar';
import {
  type AccountBalanceFact,
  type AccountProfile,
  creditChanged,
  creditControl,
  type FactBatch,
  type RatedUsageFact,
} from '@tollkeeper/contracts';
import { newId, Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { CreditAccountRepository } from './credit-account.repository';
import { type CreditAccountRow, newCreditAccount } from './credit-account.schema';

const accountsPerTransaction = 100;
/** Billed periods are kept so long: a fact about one may come again. */
const billedKeptDays = 62;
const mostBookedPayments = 50;

/** Keeps what others say of an account's usage and balance, and has credit control look at what changed. */
@Injectable()
export class CreditWatch {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly rows: CreditAccountRepository,
  ) {}

  async receiveUsage({ tenantId, at, facts }: FactBatch<'ratedUsageChanged'>): Promise<void> {
    await this.receive(tenantId, at, facts, (row, fact) => withUsage(row, fact, at));
  }

  async receiveBalances({ tenantId, at, facts }: FactBatch<'accountBalanceChanged'>): Promise<void> {
    await this.receive(tenantId, at, facts, withBalance);
  }

  /** In the transaction of the change: an account with terms, or one that is watched, is looked at. */
  async accountsChanged(tenantId: string, at: Instant, profiles: readonly AccountProfile[]): Promise<void> {
    const known = await this.rows.findMany(
      tenantId,
      profiles.map(({ accountId }) => accountId),
    );
    const isKnown = new Set(known.map(({ accountId }) => accountId));
    const fresh = profiles
      .filter(({ accountId, creditTerms }) => creditTerms && !isKnown.has(accountId))
      .map(({ accountId }) => newCreditAccount(tenantId, accountId));
    await this.lookAt(tenantId, at, [...known, ...fresh]);
  }

  /** In the caller's transaction. */
  async lookAt(tenantId: string, at: Instant, rows: CreditAccountRow[], when = at): Promise<void> {
    if (rows.length === 0) return;
    await this.rows.save(
      tenantId,
      rows.map((row) => ({ ...row, lookAt: when })),
    );
    // Signal before start: one that is about to end looks again, one that has ended is started.
    await this.outbox.signal(tenantId, creditControl.id({ tenantId, at }), creditChanged, {
      eventId: newId('evt'),
      at,
    });
    await this.outbox.start(creditControl, [{ tenantId, at }]);
  }

  private async receive<Fact extends { accountId: string }>(
    tenantId: string,
    at: Instant,
    facts: readonly Fact[],
    apply: (row: CreditAccountRow, fact: Fact) => CreditAccountRow,
  ): Promise<void> {
    const ids = [...new Set(facts.map(({ accountId }) => accountId))];
    for (let first = 0; first < ids.length; first += accountsPerTransaction) {
      const some = ids.slice(first, first + accountsPerTransaction);
      await this.db.transaction(async () => {
        const known = new Map((await this.rows.findMany(tenantId, some)).map((row) => [row.accountId, row]));
        const changed = some.flatMap((accountId) => {
          const before = known.get(accountId) ?? newCreditAccount(tenantId, accountId);
          const after = facts.filter((fact) => fact.accountId === accountId).reduce(apply, before);
          return after === before ? [] : [after];
        });
        await this.lookAt(tenantId, at, changed);
      });
    }
  }
}

function withUsage(
  row: CreditAccountRow,
  { accountId: _, ...fact }: RatedUsageFact,
  at: Instant,
): CreditAccountRow {
  const known = row.usage.find(({ periodKey }) => periodKey === fact.periodKey);
  if (known && known.revision >= fact.revision) return row;
  const oldest = addDuration(at, { days: -billedKeptDays });
  const others = row.usage.filter(
    ({ periodKey, billed, toAt }) => periodKey !== fact.periodKey && !(billed && toAt < oldest),
  );
  const told = row.told.filter(
    ({ periodKey }) =>
      periodKey === fact.periodKey || others.some((each) => each.periodKey === periodKey && !each.billed),
  );
  return { ...row, usage: [...others, fact], told };
}

function withBalance(row: CreditAccountRow, fact: AccountBalanceFact): CreditAccountRow {
  const booked = [...new Set([...row.bookedPaymentIds, ...fact.depositPaymentIds])].slice(
    -mostBookedPayments,
  );
  const claims = row.claims.filter(({ paymentId }) => paymentId === null || !booked.includes(paymentId));
  const { revision, openDebtMinor, creditMinor, depositMinor, depositSince } = fact;
  if (row.balance && row.balance.revision >= revision) {
    if (claims.length === row.claims.length) return row;
    return { ...row, claims, bookedPaymentIds: booked };
  }
  const giveBack =
    row.giveBack?.state === 'given' && depositMinor <= row.giveBack.leavesMinor ? null : row.giveBack;
  return {
    ...row,
    ...{ claims, giveBack, bookedPaymentIds: booked },
    managed: row.managed && (depositMinor > 0 || claims.length > 0),
    balance: { revision, openDebtMinor, creditMinor, depositMinor, depositSince },
  };
}
