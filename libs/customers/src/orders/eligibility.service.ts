import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { AccountRow } from '../accounts/account.schema';
import { AccountRepository } from '../accounts/account.repository';
import { OfferingRepository } from '../copies/offering.repository';
import { type Buyer, checkEligibility } from '../domain/check-sale';
import type { Finding } from '../domain/finding';
import { planAt, priceAt } from '../domain/offering-price';
import { CustomerRepository } from '../parties/customer.repository';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';

export interface WantedOffering {
  offeringId: string;
  as: 'plan' | 'addOn';
  from: Instant;
  account: AccountRow;
  /** Null: a new one. */
  subscription: SubscriptionRow | null;
}

/** Whether this customer may have an offering, as its version of that day says. */
@Injectable()
export class Eligibility {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly customers: CustomerRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly offerings: OfferingRepository,
  ) {}

  async check(tenantId: string, wanted: WantedOffering): Promise<Finding[]> {
    const { offeringId, as, from, subscription } = wanted;
    const addOns = (subscription?.addOns ?? []).filter(({ to }) => to === null || to > from);
    const ids = addOns.map((addOn) => addOn.offeringId);
    const prices = await this.offerings.prices(tenantId, [offeringId, ...ids]);
    const offering = priceAt(prices.get(offeringId) ?? [], from);
    if (!offering) return [];
    const plan = as === 'plan' ? null : (planAt(subscription?.plans ?? [], from)?.offeringId ?? null);
    const buyer = await this.buyerOf(tenantId, wanted, { plan, addOns: ids });
    return [
      ...checkEligibility(offering, buyer),
      ...(as === 'plan' ? ids : []).flatMap((id) => {
        const bound = priceAt(prices.get(id) ?? [], from)?.compatiblePlans;
        const reason = `add-on ${id} goes with ${bound?.join(', ')} only. End it first (addOnChange)`;
        return bound && !bound.includes(offeringId) ? [{ field: 'offeringId', reason }] : [];
      }),
    ];
  }

  private async buyerOf(
    tenantId: string,
    { account, subscription }: WantedOffering,
    held: Pick<Buyer, 'plan' | 'addOns'>,
  ): Promise<Buyer> {
    const customer = await this.customers.find(tenantId, account.customerId);
    const accounts = await this.accounts.ofCustomer(tenantId, account.customerId);
    const others = await this.subscriptions.ofAccounts(
      tenantId,
      accounts.map(({ _id }) => _id),
    );
    return {
      ...held,
      kind: customer?.kind ?? 'person',
      segment: customer?.segment ?? null,
      country: account.address.country,
      creditClass: account.creditTerms?.creditClass ?? null,
      isNew: others.every(({ _id }) => _id === subscription?._id),
    };
  }
}
