import { Injectable } from '@nestjs/common';
import { type Instant, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import type { AccountProfile } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import type { CreditNoteLine } from '../corrections/domain/credit-note';
import { creditSchedules } from '../corrections/domain/credit-schedules';
import { BooksRepository } from './books.repository';
import { type Shortening, shortenSchedules } from './domain/shorten-schedules';
import { RevenueScheduleRepository, type ScheduleHolder } from './revenue-schedule.repository';

@Injectable()
export class RevenueScheduleService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly schedules: RevenueScheduleRepository,
    private readonly books: BooksRepository,
    private readonly copies: CopyRepository,
  ) {}

  /**
   * In the transaction of the refund or credit note, which debits the liability with `reversedMinor`. Days beyond the
   * end that were recognised already are taken back by the next recognition.
   */
  async shorten(tenantId: string, holder: ScheduleHolder, by: Shortening): Promise<void> {
    const reached = await this.schedules.reachingBeyond(tenantId, holder, by.endsOn);
    const on = await this.openDay(tenantId, by.on);
    await this.schedules.saveChanges(tenantId, shortenSchedules(reached, { ...by, on }));
  }

  /** In the transaction of the credit note, which debits the liability with what each line gives back. */
  async credit(
    tenantId: string,
    invoiceId: string,
    lines: readonly CreditNoteLine[],
    by: { on: LocalDate; cause: string },
  ): Promise<void> {
    if (!lines.some(({ deferred }) => deferred)) return;
    const on = await this.openDay(tenantId, by.on);
    const rows = await this.schedules.ofInvoice(tenantId, invoiceId);
    await this.schedules.saveChanges(tenantId, creditSchedules(rows, lines, { ...by, on }));
  }

  /** A service that is over earns nothing by days any more: what is not given back is earned with its end. */
  async endTerminated(tenantId: string, at: Instant, profiles: AccountProfile[]): Promise<void> {
    const ends = new Map(
      profiles.flatMap(({ subscriptions }) =>
        subscriptions.flatMap(({ subscriptionId, status, activeTo }) =>
          status === 'terminated' && activeTo ? [[subscriptionId, activeTo] as const] : [],
        ),
      ),
    );
    const zone = ends.size === 0 ? undefined : (await this.copies.tenant(tenantId))?.zone;
    if (!zone) return;
    await this.db.transaction(async () => {
      const rows = await this.schedules.ofSubscriptions(tenantId, [...ends.keys()]);
      const on = await this.openDay(tenantId, localDateOf(at, zone));
      const changed = rows.flatMap((row) => {
        const endsOn = localDateOf(ends.get(row.subscriptionId ?? '') ?? at, zone);
        const cause = `ended/${row.subscriptionId}`;
        return row.to > endsOn ? shortenSchedules([row], { endsOn, on, reversedMinor: 0, cause }) : [];
      });
      await this.schedules.saveChanges(tenantId, changed);
    });
  }

  private async openDay(tenantId: string, on: LocalDate): Promise<LocalDate> {
    const openFrom = await this.books.openFrom(tenantId);
    return openFrom && on < openFrom ? openFrom : on;
  }
}
