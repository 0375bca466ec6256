import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '@tollkeeper/calendar';
import { conflict, notFound, Storage } from '@tollkeeper/platform';
import { pace } from '../work-pace';
import { BooksRepository } from './books.repository';
import type { JournalDayRow } from './books.schema';
import { type JournalFile, journalFiles, JournalText } from './domain/journal-text';
import { JournalRepository } from './journal.repository';

const postingsBetweenPauses = 2_000;

/** What a closed day is handed over as: written once, when it is closed, and never again. */
@Injectable()
export class JournalService {
  constructor(
    private readonly journal: JournalRepository,
    private readonly books: BooksRepository,
    private readonly storage: Storage,
  ) {}

  /** One pass over the postings of the days that are being closed; a day is held in memory, the days are not. */
  async exportDays(tenantId: string, from: LocalDate, through: LocalDate, at: Instant): Promise<void> {
    let days: JournalText[] = [];
    let done = 0;
    for await (const posting of this.journal.postings(tenantId, from, through)) {
      if (days[0]?.on !== posting.on) {
        await this.write(tenantId, days, at);
        days = [new JournalText(posting.on)];
      }
      days[0]?.add(posting);
      if (++done % postingsBetweenPauses === 0) await pace();
    }
    await this.write(tenantId, days, at);
  }

  /** A closed day without postings has empty files; an open one has none yet. */
  async file(tenantId: string, on: LocalDate, name: JournalFile): Promise<Buffer> {
    const row = await this.requireClosed(tenantId, on);
    return row ? this.storage.readDocument(row.files[name]) : new JournalText(on).files()[name];
  }

  async requireClosed(tenantId: string, on: LocalDate): Promise<JournalDayRow | null> {
    const { postedThrough } = await this.books.find(tenantId);
    if (postedThrough === null || on > postedThrough)
      throw conflict(
        'dayOpen',
        `${on} is not closed: it still takes postings.`,
        `Closed so far: ${postedThrough ?? 'nothing'}. POST /v1/invoicing/books/recognise-through closes earlier than the setting does.`,
      );
    return this.journal.find(tenantId, on);
  }

  private async write(tenantId: string, days: JournalText[], closedAt: Instant): Promise<void> {
    const rows = await Promise.all(
      days.map(async (day) => {
        const { on, count: postings } = day;
        const files = await this.store(tenantId, day);
        return { _id: `${tenantId}/${on}`, on, closedAt, postings, totals: day.totals(), files };
      }),
    );
    await this.journal.save(tenantId, rows);
  }

  private async store(tenantId: string, day: JournalText): Promise<JournalDayRow['files']> {
    const texts = day.files();
    const refs = await Promise.all(
      journalFiles.map((name) =>
        this.storage.putDocument(tenantId, `journal/${day.on}/${name}`, texts[name]),
      ),
    );
    return Object.fromEntries(
      journalFiles.map((name, index) => [name, refs[index]]),
    ) as JournalDayRow['files'];
  }
}

export const fileNamed = (name: string): JournalFile => {
  const found = journalFiles.find((each) => each === name);
  if (!found) throw notFound('journal file', name);
  return found;
};
