import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { addDays, daysBetween, type Instant, type LocalDate } from '@tollkeeper/calendar';
import { isSandbox } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { PostingRepository } from '../ledger/posting.repository';
import type { PostingRow } from '../ledger/posting.schema';
import { pace } from '../work-pace';
import { BooksRepository } from './books.repository';
import { type DayTotal, DayTotals, lateNote, recognitionLines } from './domain/day-totals';
import { JournalRepository } from './journal.repository';
import { JournalService } from './journal.service';
import { RevenueScheduleRepository } from './revenue-schedule.repository';

const schedulesBetweenPauses = 5_000;

/** As long as the database lets a transaction live: one that began before the days were closed is over by then. */
const longestTransactionMs = 10_000;

@Injectable()
export class RecognitionService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly books: BooksRepository,
    private readonly schedules: RevenueScheduleRepository,
    private readonly postings: PostingRepository,
    private readonly journalRows: JournalRepository,
    private readonly journal: JournalService,
  ) {}

  /** Each step finds what an earlier try has done: the days stay closed, and the same schedules give the same sums. */
  async closeDays(input: {
    tenantId: string;
    through: LocalDate;
    at: Instant;
  }): Promise<{ days: number; postings: number }> {
    const { tenantId, through, at } = input;
    const { closedThrough, postedThrough } = await this.books.find(tenantId);
    const from = postedThrough ? addDays(postedThrough, 1) : await this.journalRows.firstDay(tenantId);
    if (from === null || from > through) return { days: 0, postings: 0 };
    if (closedThrough === null || closedThrough < through)
      await this.books.change(tenantId, { closedThrough: through });
    await letTransactionsEnd(tenantId);
    const totals = await this.totalsOf(tenantId, from, through);
    const posted = await this.post(tenantId, totals, at);
    await this.journal.exportDays(tenantId, from, through, at);
    await this.books.change(tenantId, { postedThrough: through, closedAt: at });
    return { days: daysBetween(from, through) + 1, postings: posted };
  }

  private async totalsOf(tenantId: string, from: LocalDate, through: LocalDate): Promise<DayTotal[]> {
    const totals = new DayTotals({ from, through });
    let done = 0;
    for await (const schedule of this.schedules.earning(tenantId, from, through)) {
      totals.add(schedule);
      if (++done % schedulesBetweenPauses === 0) await pace();
    }
    return totals.list();
  }

  private async post(tenantId: string, totals: DayTotal[], at: Instant): Promise<number> {
    const rows = totals.map((total) => postingOf(tenantId, total, at));
    return this.db.transaction(async () => {
      const known = await this.postings.known(
        tenantId,
        rows.map(({ _id }) => _id),
      );
      const fresh = rows.filter(({ _id }) => !known.has(_id));
      await this.postings.insert(tenantId, fresh);
      return fresh.length;
    });
  }
}

/** A sandbox's clock stands still while anything is under way, so nothing can be half posted there. */
const letTransactionsEnd = async (tenantId: string): Promise<void> => {
  if (!isSandbox(tenantId)) await pause(longestTransactionMs);
};

function postingOf(tenantId: string, total: DayTotal, at: Instant): PostingRow {
  const { on, currency } = total;
  const note = lateNote(total);
  return {
    _id: `recognition/${tenantId}/${currency}/${on}`,
    rule: 'recognition',
    at,
    on,
    accountId: null,
    invoiceId: null,
    paymentId: null,
    lines: recognitionLines(total),
    ...(note === undefined ? {} : { note }),
  };
}
