import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  BusinessClock,
  conflict,
  isDuplicateKey,
  newId,
  notFound,
  type Page,
  pageOf,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { AccountNews } from '../accounts/account-news.service';
import { AccountRepository } from '../accounts/account.repository';
import { CustomerRepository } from './customer.repository';
import { nameWordsOf } from '../domain/name-words';
import type { NewCustomer } from './customer-fields';
import type { CustomerRow } from './customer.schema';

type CustomerChange = Partial<Pick<NewCustomer, 'name' | 'segment' | 'registrationNumber' | 'contacts'>>;

@Injectable()
export class CustomerService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly customers: CustomerRepository,
    private readonly accounts: AccountRepository,
    private readonly news: AccountNews,
  ) {}

  async create(principal: Principal, wanted: NewCustomer): Promise<CustomerRow> {
    const { tenantId } = principal;
    const createdAt = await this.clock.now(tenantId);
    const row = { _id: newId('cus'), ...wanted, nameWords: nameWordsOf(wanted.name), createdAt };
    const created = this.db.transaction(async () => {
      await this.customers.insertMany(tenantId, [row]);
      await this.audit.record(principal, {
        at: createdAt,
        what: 'createCustomer',
        entity: row._id,
        after: wanted,
      });
      return row;
    });
    return created.catch((error: unknown) => {
      throw isDuplicateKey(error)
        ? conflict('idTaken', `externalId ${wanted.externalId} is in use.`, 'Give the customer another one.')
        : error;
    });
  }

  async page(
    tenantId: string,
    query: { limit: number; startingAfter?: string; q?: string },
  ): Promise<Page<CustomerRow>> {
    return pageOf(await this.customers.page(tenantId, { ...query, limit: query.limit + 1 }), query.limit);
  }

  async get(tenantId: string, customerId: string): Promise<CustomerRow> {
    const row = await this.customers.find(tenantId, customerId);
    if (!row) throw notFound('customer', customerId);
    return row;
  }

  async change(
    principal: Principal,
    customerId: string,
    change: CustomerChange,
    reason: string,
  ): Promise<CustomerRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      const before = await this.get(tenantId, customerId);
      const named = change.name === undefined ? {} : { nameWords: nameWordsOf(change.name) };
      const { kind } = before;
      if (kind === 'person' && change.registrationNumber)
        throw conflict('notAnOrganisation', 'Only an organisation is in the register of companies.');
      const row = await this.customers.update(tenantId, customerId, { ...change, ...named });
      const was = Object.fromEntries(
        Object.keys(change).map((field) => [field, before[field as keyof CustomerRow]]),
      );
      await this.audit.record(principal, {
        at,
        what: 'changeCustomer',
        entity: customerId,
        before: was,
        after: change,
        reason,
      });
      // Other services choose by the segment, such as the dunning policy.
      if (change.segment !== undefined && change.segment !== (before.segment ?? null))
        await this.tellAccounts(tenantId, at, customerId);
      return row ?? before;
    });
  }

  private async tellAccounts(tenantId: string, at: string, customerId: string): Promise<void> {
    const accounts = await this.accounts.ofCustomer(tenantId, customerId);
    if (accounts.length === 0) return;
    await this.news.changed(
      tenantId,
      at,
      accounts.map(({ _id }) => _id),
    );
  }
}
