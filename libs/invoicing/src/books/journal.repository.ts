import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@tollkeeper/calendar';
import { replaceOrInsert, ServiceDatabase } from '@tollkeeper/platform';
import { type PostingRow, Postings } from '../ledger/posting.schema';
import { type JournalDayRow, JournalDays } from './books.schema';

@Injectable()
export class JournalRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** Postings in the order of the journal. */
  postings(tenantId: string, from: LocalDate, through: LocalDate): AsyncIterable<PostingRow> {
    return this.db
      .tenant(tenantId)
      .collection(Postings)
      .stream({ on: { $gte: from, $lte: through } }, { sort: { on: 1, at: 1, _id: 1 } });
  }

  async firstDay(tenantId: string): Promise<LocalDate | null> {
    const [first] = await this.db
      .tenant(tenantId)
      .collection(Postings)
      .find({}, { sort: { on: 1 }, limit: 1, projection: { on: 1 } });
    return first?.on ?? null;
  }

  async save(tenantId: string, days: JournalDayRow[]): Promise<void> {
    await this.days(tenantId).bulkWrite(days.map((day) => replaceOrInsert({ _id: day._id }, day)));
  }

  find(tenantId: string, on: LocalDate): Promise<JournalDayRow | null> {
    return this.days(tenantId).findOne({ on });
  }

  /** Newest first. */
  list(tenantId: string, limit: number, before?: LocalDate): Promise<JournalDayRow[]> {
    return this.days(tenantId).find(before ? { on: { $lt: before } } : {}, { sort: { on: -1 }, limit });
  }

  private days(tenantId: string) {
    return this.db.tenant(tenantId).collection(JournalDays);
  }
}
