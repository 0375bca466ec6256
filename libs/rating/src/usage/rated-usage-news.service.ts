import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { AccountProfile, RatedUsageFact } from '@tollkeeper/contracts';
import { Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { AccountRepository } from '../accounts/account.repository';
import { ChargingPeriodRepository } from '../periods/charging-period.repository';
import type { ChargingPeriodRow } from '../periods/charging-period.schema';
import { isWatched } from '../accounts/watched-account';

/** Of a cycle; a period paid in advance is named by its instant, and its usage is on no invoice. */
const isOfCycle = ({ periodKey }: Pick<ChargingPeriodRow, 'periodKey'>): boolean => periodKey.length === 10;

/** Customers hears what accounts with a limit or cap have used, and all who used data abroad. */
@Injectable()
export class RatedUsageNews {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly accounts: AccountRepository,
    private readonly periods: ChargingPeriodRepository,
  ) {}

  /** In the transaction that saved these periods: one query for all of a batch that are watched, none when none is. */
  async rated(
    tenantId: string,
    at: Instant,
    saved: readonly ChargingPeriodRow[],
    watched: ReadonlySet<string>,
  ): Promise<void> {
    const told = saved.filter(
      (row) => isOfCycle(row) && (watched.has(row.accountId) || (row.roamingDataMicro ?? 0) > 0),
    );
    await this.tell(tenantId, at, told, false);
  }

  /** An invoice has these periods now. */
  async billed(tenantId: string, at: Instant, taken: readonly ChargingPeriodRow[]): Promise<void> {
    const ofCycle = taken.filter(isOfCycle);
    const ids = [...new Set(ofCycle.map(({ accountId }) => accountId))];
    if (ids.length === 0) return;
    const accounts = await this.accounts.byIds(tenantId, ids);
    const watched = new Set(
      accounts.filter(({ creditWatched }) => creditWatched).map(({ accountId }) => accountId),
    );
    const told = ofCycle.filter(
      ({ accountId, roamingDataMicro = 0 }) => watched.has(accountId) || roamingDataMicro > 0,
    );
    await this.tell(tenantId, at, told, true);
  }

  /** Accounts that come under a limit or cap: what they have used so far. Before the profiles are kept. */
  async newlyWatched(tenantId: string, at: Instant, profiles: readonly AccountProfile[]): Promise<void> {
    const wanted = profiles
      .filter(({ creditTerms }) => isWatched(creditTerms))
      .map(({ accountId }) => accountId);
    if (wanted.length === 0) return;
    const known = await this.accounts.byIds(tenantId, wanted);
    const before = new Set(known.filter((row) => row.creditWatched).map(({ accountId }) => accountId));
    const fresh = wanted.filter((accountId) => !before.has(accountId));
    if (fresh.length === 0) return;
    await this.db.transaction(async () => {
      const open = await this.periods.openOf(tenantId, fresh);
      await this.tell(tenantId, at, open.filter(isOfCycle), false);
    });
  }

  /** The sum over an account's groups; its revision is the sum of theirs. */
  private async tell(
    tenantId: string,
    at: Instant,
    rows: readonly ChargingPeriodRow[],
    billed: boolean,
  ): Promise<void> {
    if (rows.length === 0) return;
    const accountIds = [...new Set(rows.map(({ accountId }) => accountId))];
    const keys = new Set(rows.map(({ accountId, periodKey }) => `${accountId}/${periodKey}`));
    const all = await this.periods.ofAccountsIn(tenantId, accountIds, [
      ...new Set(rows.map(({ periodKey }) => periodKey)),
    ]);
    const facts = new Map<string, RatedUsageFact>();
    for (const row of all) {
      const { accountId, periodKey, fromAt, toAt } = row;
      const key = `${accountId}/${periodKey}`;
      if (!keys.has(key)) continue;
      const sum = facts.get(key) ?? {
        ...{ accountId, periodKey, fromAt, toAt, billed },
        ...{ revision: billed ? 1 : 0, ratedMicro: 0, roamingDataMicro: 0 },
      };
      facts.set(key, {
        ...sum,
        revision: sum.revision + row.version,
        ratedMicro: sum.ratedMicro + (row.ratedMicro ?? 0),
        roamingDataMicro: sum.roamingDataMicro + (row.roamingDataMicro ?? 0),
      });
    }
    await this.outbox.tell(tenantId, at, 'ratedUsageChanged', [...facts.values()]);
  }
}
