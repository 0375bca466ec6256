import { Injectable } from '@nestjs/common';
import { foldedName } from '../domain/name-words';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type CustomerRow, Customers } from './customer.schema';

@Injectable()
export class CustomerRepository {
  constructor(private readonly db: ServiceDatabase) {}

  find(tenantId: string, customerId: string): Promise<CustomerRow | null> {
    return this.rows(tenantId).findOne({ _id: customerId });
  }

  findMany(tenantId: string, customerIds: string[]): Promise<CustomerRow[]> {
    return this.rows(tenantId).find({ _id: { $in: customerIds } });
  }

  /** `q`: the beginning of a word of the name. */
  page(
    tenantId: string,
    { limit, startingAfter, q }: { limit: number; startingAfter?: string; q?: string },
  ): Promise<CustomerRow[]> {
    const filter = {
      ...(startingAfter ? { _id: { $gt: startingAfter } } : {}),
      ...(q
        ? { nameWords: { $regex: `^${(foldedName(q) || q).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}` } }
        : {}),
    };
    return this.rows(tenantId).find(filter, { sort: { _id: 1 }, limit });
  }

  insertMany(tenantId: string, rows: CustomerRow[]): Promise<void> {
    return this.rows(tenantId).insertMany(rows);
  }

  update(tenantId: string, customerId: string, change: Partial<CustomerRow>): Promise<CustomerRow | null> {
    return this.rows(tenantId).findOneAndUpdate({ _id: customerId }, { $set: change });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Customers);
  }
}
