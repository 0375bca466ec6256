import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { refuseFindings } from '@tollkeeper/platform';
import type { NewAccount } from '../accounts/account-fields';
import type { AccountRow } from '../accounts/account.schema';
import { ascendingIds } from '../accounts/new-rows';
import { CustomerRepository } from './customer.repository';
import { nameWordsOf } from '../domain/name-words';
import type { CustomerRow } from './customer.schema';

/** The customers of new accounts: those that are named, and one made for each account that names none. */
@Injectable()
export class AccountOwners {
  constructor(private readonly customers: CustomerRepository) {}

  /** Joins the transaction that inserts the accounts; answers in their order. */
  async of(
    tenantId: string,
    fresh: { account: NewAccount; field: string }[],
    at: Instant,
  ): Promise<string[]> {
    const named = [...new Set(fresh.flatMap(({ account: { customerId } }) => customerId ?? []))];
    const known = new Set(
      named.length > 0 ? (await this.customers.findMany(tenantId, named)).map(({ _id }) => _id) : [],
    );
    refuseFindings(
      fresh
        .filter(({ account: { customerId } }) => customerId !== undefined && !known.has(customerId))
        .map(({ account: { customerId }, field }) => ({
          field: `${field}.customerId`,
          reason: `there is no customer ${customerId}: leave it out to have one made`,
        })),
    );
    const ids = ascendingIds('cus', fresh.length);
    const owners = fresh.map(({ account: { customerId } }, index) => customerId ?? ids[index] ?? '');
    const made = fresh.flatMap(({ account }, index) =>
      account.customerId ? [] : [customerOf({ ...account, customerId: owners[index] ?? '', createdAt: at })],
    );
    await this.customers.insertMany(tenantId, made);
    return owners;
  }

  /** One for each new account, under the id that the account names. */
  make(tenantId: string, accounts: AccountRow[]): Promise<void> {
    return this.customers.insertMany(tenantId, accounts.map(customerOf));
  }
}

const customerOf = ({
  customerId,
  customerName,
  email,
  createdAt,
}: Pick<AccountRow, 'customerId' | 'customerName' | 'email' | 'createdAt'>): CustomerRow => ({
  _id: customerId,
  externalId: null,
  kind: 'person',
  name: customerName,
  nameWords: nameWordsOf(customerName),
  registrationNumber: null,
  contacts: [{ name: customerName, role: 'billing', email: email.toLowerCase(), phone: null }],
  createdAt,
});
