import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import { Books, type BooksRow } from './books.schema';

const fresh: Omit<BooksRow, '_id'> = {
  closing: 'monthly',
  closedThrough: null,
  postedThrough: null,
  closedAt: null,
  wantedThrough: null,
};

@Injectable()
export class BooksRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async find(tenantId: string): Promise<BooksRow> {
    const found = await this.books(tenantId).findOne({ _id: tenantId });
    return found ?? { _id: tenantId, ...fresh };
  }

  /** The first day that takes postings: what is about an earlier one goes there. `null`: nothing is closed yet. */
  async openFrom(tenantId: string): Promise<LocalDate | null> {
    const { closedThrough } = await this.find(tenantId);
    return closedThrough && addDays(closedThrough, 1);
  }

  async change(tenantId: string, change: Partial<Omit<BooksRow, '_id'>>): Promise<void> {
    const given = new Set(Object.keys(change));
    const rest = Object.entries(fresh).filter(([field]) => !given.has(field));
    const update = { $set: change, $setOnInsert: Object.fromEntries(rest) };
    await this.books(tenantId).updateOne({ _id: tenantId }, update, { upsert: true });
  }

  private books(tenantId: string) {
    return this.db.tenant(tenantId).collection(Books);
  }
}
