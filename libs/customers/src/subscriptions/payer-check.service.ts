import { Injectable } from '@nestjs/common';
import { refuseFindings } from '@tollkeeper/platform';
import { AccountRepository } from '../accounts/account.repository';
import { OfferingRepository } from '../copies/offering.repository';
import { mostSubscriptionsPaid } from '../domain/account-tree';
import { payerFaults } from '../domain/payer-faults';
import { accountsOf, partiesOf } from '../domain/subscription-parties';
import { SubscriptionRepository } from './subscription.repository';
import type { SubscriptionRow } from './subscription.schema';

/** Whether the payers of subscriptions can be billed for them: currency, cycle, days, and how many. */
@Injectable()
export class PayerCheck {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly offerings: OfferingRepository,
  ) {}

  async require(tenantId: string, rows: SubscriptionRow[], field: string): Promise<void> {
    const shared = rows.filter(({ parties }) => parties.length > 0);
    if (shared.length === 0) return;
    const accounts = await this.accounts.findMany(tenantId, [...new Set(shared.flatMap(accountsOf))]);
    const prices = await this.offerings.prices(tenantId, [
      ...new Set(shared.flatMap(({ plans }) => plans.map(({ offeringId }) => offeringId))),
    ]);
    const byId = new Map(accounts.map((account) => [account._id, account]));
    const faults = shared.flatMap((row) => payerFaults(row, byId, prices));
    refuseFindings([...new Set(faults)].slice(0, 20).map((reason) => ({ field, reason })));
    await this.requireRoom(tenantId, shared, field);
  }

  private async requireRoom(tenantId: string, rows: SubscriptionRow[], field: string): Promise<void> {
    const payers = [
      ...new Set(rows.flatMap((row) => partiesOf(row).map(({ payerAccountId }) => payerAccountId))),
    ];
    const paid = await this.subscriptions.paidBy(tenantId, payers);
    const all = new Map([...paid, ...rows].map((row) => [row._id, row]));
    const counts = new Map<string, number>();
    for (const row of all.values())
      for (const payer of new Set(partiesOf(row).map(({ payerAccountId }) => payerAccountId)))
        counts.set(payer, (counts.get(payer) ?? 0) + 1);
    const changed = new Set(rows.flatMap(accountsOf));
    refuseFindings(
      [...counts]
        .filter(([payer, count]) => changed.has(payer) && count > mostSubscriptionsPaid)
        .map(([payer, count]) => ({
          field,
          reason: `account ${payer} would pay for ${count} subscriptions; one account pays for ${mostSubscriptionsPaid}`,
        })),
    );
  }
}
