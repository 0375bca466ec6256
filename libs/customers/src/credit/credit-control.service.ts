import { Injectable } from '@nestjs/common';
import { addDuration, type Instant } from '@tollkeeper/calendar';
import type { CreditActivities, DepositMatter } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { AccountRepository } from '../accounts/account.repository';
import type { AccountRow } from '../accounts/account.schema';
import { TenantService } from '../copies/tenant.service';
import { roamingCapMinor } from '../domain/eu-roaming-cap';
import { capsOf, type CapFindings, lookAtCaps, usageBarOf } from '../domain/usage-caps';
import { RestrictionService } from '../network/restriction.service';
import { CreditAccountRepository } from './credit-account.repository';
import type { CreditAccountRow } from './credit-account.schema';
import { CreditNews } from './credit-news.service';
import { DepositRules } from './deposit-rules.service';

/** What a process did not come back about is handed out again after this. */
const matterAgainHours = 24;

/** Looks at one account after the other: caps, bars and what is to be done about its deposit. */
@Injectable()
export class CreditControl {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly rows: CreditAccountRepository,
    private readonly accounts: AccountRepository,
    private readonly tenants: TenantService,
    private readonly restrictions: RestrictionService,
    private readonly deposits: DepositRules,
    private readonly news: CreditNews,
  ) {}

  async work({ tenantId, at, limit }: Parameters<CreditActivities['workCredit']>[0]) {
    const due = await this.rows.due(tenantId, at, limit);
    const matters: DepositMatter[] = [];
    for (const { accountId } of due) matters.push(...(await this.look(tenantId, accountId, at)));
    return { matters, more: due.length === limit, nextAt: await this.rows.nextAt(tenantId) };
  }

  private look(tenantId: string, accountId: string, at: Instant): Promise<DepositMatter[]> {
    return this.db.transaction(async () => {
      const before = await this.rows.get(tenantId, accountId);
      const account = await this.accounts.find(tenantId, accountId);
      if (!account || before.lookAt === null || before.lookAt > at) return [];
      const capped = await this.keepCaps(tenantId, at, account, before);
      const { row, matters, nextAt } = await this.deposits.look(tenantId, at, account, capped);
      const again = matters.length > 0 ? [addDuration(at, { hours: matterAgainHours })] : [];
      const ends = row.bars.map(({ until }) => until);
      const lookAt = [...ends, ...again, ...(nextAt ? [nextAt] : [])].sort()[0] ?? null;
      await this.rows.save(tenantId, [{ ...row, lookAt }]);
      return matters;
    });
  }

  private async keepCaps(
    tenantId: string,
    at: Instant,
    account: AccountRow,
    row: CreditAccountRow,
  ): Promise<CreditAccountRow> {
    const { currency, creditTerms } = account;
    const facts = {
      ...{ currency, at, usage: row.usage, told: row.told, bars: row.bars },
      caps: capsOf(creditTerms, await this.roamingCap(tenantId, account, row)),
      creditMinor: row.balance?.creditMinor ?? 0,
    };
    const found = lookAtCaps(facts);
    await this.setBar(tenantId, at, account, row, found);
    for (const threshold of found.news) await this.news.threshold(tenantId, at, account, threshold, facts);
    return { ...row, told: found.told, bars: found.bars };
  }

  private async setBar(
    tenantId: string,
    at: Instant,
    account: AccountRow,
    before: CreditAccountRow,
    { bars }: CapFindings,
  ): Promise<void> {
    const { _id: accountId } = account;
    const usageBar = usageBarOf(bars);
    if ((account.usageBar ?? null) === usageBar) return;
    const key = `${accountId}/usage/${usageBar ?? 'lifted'}/${at}`;
    await this.restrictions.barForUsage(tenantId, at, { accountId, usageBar, key });
    await this.news.barChanged(tenantId, at, account, usageBar, bars.length > 0 ? bars : before.bars);
  }

  async roamingCap(
    tenantId: string,
    { currency }: Pick<AccountRow, 'currency'>,
    { roamingChoice }: CreditAccountRow,
  ): Promise<number | null> {
    const { country } = await this.tenants.get(tenantId);
    const operatorCapMinor = await this.rows.operatorRoamingCap(tenantId);
    return roamingCapMinor({ country, currency, operatorCapMinor, choice: roamingChoice });
  }
}
