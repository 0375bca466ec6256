import { Injectable } from '@nestjs/common';
import { addDays, type Instant, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import { books as process, booksChanged } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  conflict,
  newId,
  Outbox,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import { BooksRepository } from './books.repository';
import type { BooksRow } from './books.schema';
import { type ClosingRhythm, nextClose, type NextClose } from './domain/closing-days';
import { JournalRepository } from './journal.repository';

@Injectable()
export class BooksService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly books: BooksRepository,
    private readonly journal: JournalRepository,
    private readonly copies: CopyRepository,
    private readonly outbox: Outbox,
    private readonly auditLog: AuditLog,
  ) {}

  async nextClose(tenantId: string, at: Instant): Promise<NextClose> {
    const { closing: rhythm, postedThrough, closedThrough, wantedThrough } = await this.books.find(tenantId);
    const wanted = [closedThrough, wantedThrough].filter((day) => day !== null).sort();
    const state = {
      rhythm,
      zone: await this.zone(tenantId),
      firstOn: postedThrough === null ? await this.journal.firstDay(tenantId) : null,
      postedThrough,
      wantedThrough: wanted.at(-1) ?? null,
    };
    return nextClose(state, at);
  }

  async state(tenantId: string, at: Instant): Promise<BooksRow & { nextCloseAt: Instant; today: LocalDate }> {
    const { wakeAt } = await this.nextClose(tenantId, at);
    const today = localDateOf(at, await this.zone(tenantId));
    return { ...(await this.books.find(tenantId)), nextCloseAt: wakeAt, today };
  }

  /** Row, audit row and the word to the process in one transaction; the process reads the row again. */
  async setRhythm(principal: Principal, at: Instant, closing: ClosingRhythm, reason: string): Promise<void> {
    const { tenantId } = principal;
    await this.db.transaction(async () => {
      const before = await this.books.find(tenantId);
      await this.books.change(tenantId, { closing });
      await this.auditLog.record(principal, {
        at,
        what: 'changeClosing',
        entity: 'books',
        before: { closing: before.closing },
        after: { closing },
        reason,
      });
      await this.rouse(tenantId, at);
    });
  }

  /** Closes days before their time. Only days that are over, and only forwards. */
  async recogniseThrough(
    principal: Principal,
    at: Instant,
    through: LocalDate,
    reason: string,
  ): Promise<void> {
    const { tenantId } = principal;
    const today = localDateOf(at, await this.zone(tenantId));
    if (through >= today)
      throw badInput(
        'throughOn',
        `${through} is not over: only days before ${today} can be closed.`,
        `Name ${addDays(today, -1)} or an earlier day.`,
      );
    await this.db.transaction(async () => {
      const { closedThrough, wantedThrough } = await this.books.find(tenantId);
      const wanted = [closedThrough, wantedThrough].filter((day) => day !== null).sort();
      const last = wanted.at(-1);
      if (last !== undefined && through <= last)
        throw conflict('alreadyClosed', `All days up to ${last} are closed already, or are being closed.`);
      await this.books.change(tenantId, { wantedThrough: through });
      await this.auditLog.record(principal, {
        at,
        what: 'recogniseThrough',
        entity: 'books',
        before: { closedThrough },
        after: { through },
        reason,
      });
      await this.rouse(tenantId, at);
    });
  }

  /** Finds the process that is open; a tenant of an earlier version gets one here. */
  async start(tenantId: string, at: Instant): Promise<void> {
    await this.db.transaction(() => this.outbox.start(process, [{ tenantId, at }]));
  }

  private async rouse(tenantId: string, at: Instant): Promise<void> {
    await this.start(tenantId, at);
    await this.outbox.signal(tenantId, process.id({ tenantId, at }), booksChanged, {
      eventId: newId('evt'),
      at,
    });
  }

  private async zone(tenantId: string): Promise<string> {
    const profile = await this.copies.tenant(tenantId);
    if (!profile)
      throw conflict(
        'operatorUnknown',
        "The operator's profile has not arrived here yet.",
        'Try again in a moment.',
      );
    return profile.zone;
  }
}
