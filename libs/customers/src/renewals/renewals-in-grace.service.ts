import { Injectable } from '@nestjs/common';
import { addDuration, minutesBetween } from '@tollkeeper/calendar';
import { type FactBatch, type PaymentFact, type PrepaidActivities, renewalKey } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { OfferingRepository } from '../copies/offering.repository';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import { dueRenewal, offeringsOf, openPeriod } from './due-renewal';
import { isOver, isPaid, type PaidItem, RenewalService } from './renewal.service';

/** A renewal whose first charge failed: what it has to charge now, and money that comes when nobody waits any more. */
@Injectable()
export class RenewalsInGrace {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly subscriptions: SubscriptionRepository,
    private readonly offerings: OfferingRepository,
    private readonly renewals: RenewalService,
  ) {}

  async stillDue({
    tenantId,
    subscriptionId,
    from,
    at,
  }: Parameters<PrepaidActivities['renewalStillDue']>[0]): ReturnType<PrepaidActivities['renewalStillDue']> {
    const row = await this.subscriptions.find(tenantId, subscriptionId);
    const open = row ? openPeriod(row, from, at) : 'over';
    if (!row || open !== 'due') return { due: null, inGrace: open !== 'over' };
    const prices = await this.offerings.prices(tenantId, offeringsOf([row]));
    return { due: dueRenewal(row, prices, at), inGrace: true };
  }

  /** Mostly the process that charged has extended it already: the same key extends once. */
  async receivePayments({ tenantId, at, facts }: FactBatch<'paymentChanged'>): Promise<void> {
    const items = facts.flatMap(itemsOf);
    const ids = [...new Set(items.map(({ subscriptionId }) => subscriptionId))];
    const rows = new Map((await this.subscriptions.findMany(tenantId, ids)).map((row) => [row._id, row]));
    for (const item of items) {
      const known = rows.get(item.subscriptionId);
      if (known && !isPaid(known, item.key)) await this.extend(tenantId, at, item);
    }
  }

  /** Money for another period than the one that comes next (an earlier try of a first charge) extends nothing. */
  private async extend(tenantId: string, at: string, item: PaidItem): Promise<void> {
    await this.db.transaction(async () => {
      const row = await this.subscriptions.find(tenantId, item.subscriptionId);
      if (row && (isOver(row) || row.renewal?.paidUntil === item.from))
        await this.renewals.extend({ tenantId, at, items: [item] });
    });
  }
}

/** As the period fell due; extending moves it to when it was paid. */
export function itemsOf({ purpose, renewal, receivedAt: paidAt }: PaymentFact): PaidItem[] {
  if (purpose !== 'renewal' || renewal?.dueFrom === undefined) return [];
  const { subscriptionId, offeringId, dueFrom: from } = renewal;
  const to = addDuration(from, { minutes: minutesBetween(renewal.from, renewal.to) });
  return [{ subscriptionId, offeringId, from, to, key: renewalKey(subscriptionId, from), paidAt }];
}
