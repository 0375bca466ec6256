import { Injectable } from '@nestjs/common';
import type { AccountRow } from '../accounts/account.schema';
import { AccountRepository } from '../accounts/account.repository';
import { OfferingRepository } from '../copies/offering.repository';
import { type BuyerBook, customerOf, payerOf } from '../domain/buyer-book';
import { checkSale, offeringsAsked, type Sale } from '../domain/check-sale';
import type { Finding } from '../domain/finding';
import { CustomerRepository } from '../parties/customer.repository';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';

interface WantedOffering extends Sale {
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

  async check(tenantId: string, { account, subscription, ...sale }: WantedOffering): Promise<Finding[]> {
    const prices = await this.offerings.prices(tenantId, offeringsAsked(sale, subscription));
    const book = await this.book(tenantId, [account.customerId]);
    return checkSale(
      sale,
      subscription,
      customerOf(book, payerOf(account), subscription?._id ?? null),
      prices,
    );
  }

  /** These customers and all that they have and had. */
  async book(tenantId: string, customerIds: readonly string[]): Promise<BuyerBook> {
    const ids = [...new Set(customerIds)];
    if (ids.length === 0) return { customers: new Map(), subscriptions: new Map() };
    const customers = await this.customers.findMany(tenantId, ids);
    const accounts = await this.accounts.ofCustomers(tenantId, ids);
    const owners = new Map(accounts.map(({ _id, customerId }) => [_id, customerId]));
    const subscriptions = new Map(ids.map((id) => [id, new Set<string>()]));
    for (const { _id, accountId } of await this.subscriptions.ofAccounts(tenantId, [...owners.keys()]))
      subscriptions.get(owners.get(accountId) ?? '')?.add(_id);
    return { customers: new Map(customers.map((row) => [row._id, row])), subscriptions };
  }
}
