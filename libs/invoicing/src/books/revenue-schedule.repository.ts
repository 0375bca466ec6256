import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@tollkeeper/calendar';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import { BooksRepository } from './books.repository';
import { lastDayOf } from './domain/recognition';
import type { DeferredIn, NewRevenueSchedule } from './domain/revenue-schedule';
import { type RevenueScheduleRow, RevenueSchedules } from './revenue-schedule.schema';

export type ScheduleHolder = { liability: DeferredIn } & (
  { subscriptionId: string } | { paymentId: string } | { invoiceId: string }
);

@Injectable()
export class RevenueScheduleRepository {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly books: BooksRepository,
  ) {}

  /** In the transaction of the postings that defer the money. Schedules of 0 are left out. */
  async insertMany(tenantId: string, schedules: NewRevenueSchedule[]): Promise<void> {
    const real = schedules.filter(({ totalMinor }) => totalMinor !== 0);
    if (real.length === 0) return;
    const openFrom = await this.books.openFrom(tenantId);
    const rows = real.map((schedule): RevenueScheduleRow => {
      const bookedOn = openFrom && schedule.bookedOn < openFrom ? openFrom : schedule.bookedOn;
      const row = { ...schedule, bookedOn, version: 1, changes: [] };
      return { ...row, lastOn: lastDayOf(row) };
    });
    await this.schedules(tenantId).insertMany(rows);
  }

  /** Those that earn something on these days; read as they come. */
  earning(tenantId: string, from: LocalDate, through: LocalDate): AsyncIterable<RevenueScheduleRow> {
    return this.schedules(tenantId).stream({ lastOn: { $gte: from }, bookedOn: { $lte: through } });
  }

  find(tenantId: string, scheduleId: string): Promise<RevenueScheduleRow | null> {
    return this.schedules(tenantId).findOne({ _id: scheduleId });
  }

  /** Those of an account in the order of their ids. */
  list(
    tenantId: string,
    { accountId, invoiceId }: { accountId?: string; invoiceId?: string },
    limit: number,
    startingAfter = '',
  ): Promise<RevenueScheduleRow[]> {
    const filter = { ...(accountId ? { accountId } : {}), ...(invoiceId ? { invoiceId } : {}) };
    return this.schedules(tenantId).find(
      { ...filter, _id: { $gt: startingAfter } },
      { sort: { _id: 1 }, limit },
    );
  }

  /** Those of a subscription or an invoice that hold something in the liability beyond a day. */
  reachingBeyond(tenantId: string, held: ScheduleHolder, day: LocalDate): Promise<RevenueScheduleRow[]> {
    return this.schedules(tenantId).find({ ...held, to: { $gt: day } }, { sort: { from: 1, _id: 1 } });
  }

  ofInvoice(tenantId: string, invoiceId: string): Promise<RevenueScheduleRow[]> {
    return this.schedules(tenantId).find({ invoiceId }, { sort: { _id: 1 } });
  }

  ofSubscriptions(tenantId: string, subscriptionIds: string[]): Promise<RevenueScheduleRow[]> {
    return this.schedules(tenantId).find({ subscriptionId: { $in: subscriptionIds } }, { sort: { _id: 1 } });
  }

  async saveChanges(tenantId: string, rows: RevenueScheduleRow[]): Promise<void> {
    await this.schedules(tenantId).bulkWrite(
      rows.map(({ _id, version, changes, lastOn }) =>
        updateOne({ _id, version: version - 1 }, { $set: { version, changes, lastOn } }),
      ),
    );
  }

  private schedules(tenantId: string) {
    return this.db.tenant(tenantId).collection(RevenueSchedules);
  }
}
