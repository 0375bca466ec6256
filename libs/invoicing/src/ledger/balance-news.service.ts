import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { AccountBalanceFact } from '@tollkeeper/contracts';
import { Outbox } from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import { CustomerBalanceRepository } from './customer-balance.repository';
import type { CustomerBalanceRow, PostingRow } from './posting.schema';

/** Accounts with credit terms, and those whose deposit moves: customers hears what the books hold of them. */
@Injectable()
export class BalanceNews {
  constructor(
    private readonly outbox: Outbox,
    private readonly balances: CustomerBalanceRepository,
    private readonly copies: CopyRepository,
  ) {}

  /** In the transaction of the postings, after the balances have changed. */
  async posted(tenantId: string, postings: readonly PostingRow[]): Promise<void> {
    const at = postings.at(-1)?.at;
    const named = [...new Set(postings.flatMap(({ accountId }) => accountId ?? []))];
    if (at === undefined || named.length === 0) return;
    const moved = new Set(postings.filter(movesDeposit).flatMap(({ accountId }) => accountId ?? []));
    const watched = await this.copies.withCreditTerms(tenantId, named);
    const told = named.filter((accountId) => moved.has(accountId) || watched.has(accountId));
    await this.tell(tenantId, at, told, depositPayments(postings));
  }

  /** An account that comes under credit terms: as the books stand. */
  async tell(
    tenantId: string,
    at: Instant,
    accountIds: string[],
    depositPaymentIds: ReadonlyMap<string, string[]> = new Map(),
  ): Promise<void> {
    if (accountIds.length === 0) return;
    const rows = await this.balances.of(tenantId, accountIds);
    const kept = rows.map((row) => ({ ...row, depositSince: sinceOf(row, at) }));
    const changed = kept.filter(
      ({ depositSince }, index) => depositSince !== (rows[index]?.depositSince ?? null),
    );
    await this.balances.setDepositSince(tenantId, changed);
    const facts = kept.map((row) => factOf(row, depositPaymentIds.get(row.accountId) ?? []));
    await this.outbox.tell(tenantId, at, 'accountBalanceChanged', facts);
  }
}

const movesDeposit = ({ lines }: PostingRow): boolean =>
  lines.some(({ account }) => account === 'depositLiability');

function depositPayments(postings: readonly PostingRow[]): Map<string, string[]> {
  const byAccount = new Map<string, string[]>();
  for (const { rule, accountId, paymentId } of postings) {
    if (rule !== 'depositReceived' || accountId === null || paymentId === null) continue;
    byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), paymentId]);
  }
  return byAccount;
}

const owed = (minor: number | undefined): number => Math.max(0, -(minor ?? 0));

const sinceOf = ({ depositMinor, depositSince }: CustomerBalanceRow, at: Instant): Instant | null =>
  owed(depositMinor) === 0 ? null : (depositSince ?? at);

const factOf = (
  row: CustomerBalanceRow & { depositSince: Instant | null },
  depositPaymentIds: string[],
): AccountBalanceFact => ({
  accountId: row.accountId,
  revision: row.revision ?? 0,
  currency: row.currency,
  openDebtMinor: Math.max(0, row.receivableMinor ?? 0),
  creditMinor: owed(row.customerCreditMinor),
  depositMinor: owed(row.depositMinor),
  depositSince: row.depositSince,
  depositPaymentIds,
});
