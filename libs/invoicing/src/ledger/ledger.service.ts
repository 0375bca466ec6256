import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@tollkeeper/calendar';
import { ledgerAccountOf, type LedgerAccountType } from '@tollkeeper/contracts';
import { refusal } from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import { PostingRepository } from './posting.repository';

interface TrialBalanceRow {
  account: string;
  name: string;
  type: LedgerAccountType;
  currency: string;
  debitMinor: number;
  creditMinor: number;
  balanceMinor: number;
}

export interface TrialBalance {
  rows: TrialBalanceRow[];
  /** Debits and credits of each currency: the same number twice. */
  totals: { currency: string; debitMinor: number; creditMinor: number; balanced: boolean }[];
}

@Injectable()
export class LedgerService {
  constructor(
    private readonly postings: PostingRepository,
    private readonly copies: CopyRepository,
  ) {}

  async trialBalance(tenantId: string, on?: LocalDate): Promise<TrialBalance> {
    const rows = (await this.postings.sums(tenantId, on)).map((sum) => ({
      ...sum,
      ...ledgerAccountOf(sum.account),
      balanceMinor: sum.debitMinor - sum.creditMinor,
    }));
    const currencies = [...new Set(rows.map(({ currency }) => currency))];
    return {
      rows,
      totals: currencies.map((currency) =>
        totalOf(
          currency,
          rows.filter((row) => row.currency === currency),
        ),
      ),
    };
  }

  async customerCredit(tenantId: string, accountId: string): Promise<{ minor: number; currency: string }> {
    const [account] = await this.copies.accountsByIds(tenantId, [accountId]);
    if (!account) throw refusal('accountUnknown', `Invoicing does not know account ${accountId}.`);
    const { currency } = account.profile;
    const rows = await this.postings.balancesOf(tenantId, [accountId]);
    const owed = rows.find((row) => row.currency === currency)?.customerCreditMinor ?? 0;
    return { minor: Math.max(0, -owed), currency };
  }
}

function totalOf(currency: string, rows: TrialBalanceRow[]): TrialBalance['totals'][number] {
  const debitMinor = rows.reduce((sum, row) => sum + row.debitMinor, 0);
  const creditMinor = rows.reduce((sum, row) => sum + row.creditMinor, 0);
  return { currency, debitMinor, creditMinor, balanced: debitMinor === creditMinor };
}
