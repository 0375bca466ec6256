import { Injectable } from '@nestjs/common';
import { BooksRepository } from './books.repository';
import { type Shortening, shortenSchedules } from './domain/shorten-schedules';
import { RevenueScheduleRepository, type ScheduleHolder } from './revenue-schedule.repository';

@Injectable()
export class RevenueScheduleService {
  constructor(
    private readonly schedules: RevenueScheduleRepository,
    private readonly books: BooksRepository,
  ) {}

  /**
   * In the transaction of the refund or credit note, which debits the liability with `reversedMinor`. Days beyond the
   * end that were recognised already are taken back by the next recognition.
   */
  async shorten(tenantId: string, holder: ScheduleHolder, by: Shortening): Promise<void> {
    const reached = await this.schedules.reachingBeyond(tenantId, holder, by.endsOn);
    const openFrom = await this.books.openFrom(tenantId);
    const on = openFrom && by.on < openFrom ? openFrom : by.on;
    await this.schedules.saveChanges(tenantId, shortenSchedules(reached, { ...by, on }));
  }
}
