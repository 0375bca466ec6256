import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type CreditClassRow, CreditClasses } from './credit-class.schema';

@Injectable()
export class CreditClassRepository {
  constructor(private readonly db: ServiceDatabase) {}

  find(tenantId: string, code: string): Promise<CreditClassRow | null> {
    return this.rows(tenantId).findOne({ code });
  }

  page(
    tenantId: string,
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<CreditClassRow[]> {
    const filter = startingAfter ? { code: { $gt: startingAfter } } : {};
    return this.rows(tenantId).find(filter, { sort: { code: 1 }, limit });
  }

  async put(tenantId: string, { code, name, terms }: Omit<CreditClassRow, '_id'>): Promise<void> {
    await this.rows(tenantId).updateOne(
      { _id: `${tenantId}/${code}` },
      { $set: { code, name, terms } },
      { upsert: true },
    );
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(CreditClasses);
  }
}
