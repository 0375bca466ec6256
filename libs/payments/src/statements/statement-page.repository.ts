import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { realNow } from '../gateway/real-time';
import type { BankEntryRow } from './bank-entry.schema';
import { StatementPages } from './statement-page.schema';

@Injectable()
export class StatementPageRepository {
  constructor(private readonly database: ServiceDatabase) {}

  insert(tenantId: string, importId: string, no: number, entries: BankEntryRow[]): Promise<void> {
    const page = { _id: `${importId}/${no}`, importId, entries, storedAt: realNow() };
    return this.of(tenantId).insertOne(page);
  }

  async entriesOf(tenantId: string, importId: string, no: number): Promise<BankEntryRow[] | null> {
    return (await this.of(tenantId).findOne({ _id: `${importId}/${no}` }))?.entries ?? null;
  }

  async discard(tenantId: string, importId: string): Promise<void> {
    await this.of(tenantId).deleteMany({ importId });
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(StatementPages);
  }
}
