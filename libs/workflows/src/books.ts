import type { Instant, LocalDate } from '@tollkeeper/calendar';
import {
  books as definition,
  booksChanged,
  booksState,
  type BooksState,
  type ProcessInput,
} from '@tollkeeper/contracts';
import { continueAsNew, setHandler } from '@temporalio/workflow';
import { historyIsLong } from './history-length';
import { invoicing, invoicingBulk } from './services';
import { carriedTime, keepTime, now, onSignal, until } from './until';

/** Closes days when the tenant's rhythm says so, or a person; what an outage left open is closed in one go. */
export async function books(input: ProcessInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId } = input;
    let news = 0;
    let closingThrough: LocalDate | null = null;
    let nextCloseAt: Instant | null = null;
    setHandler(booksState, (): BooksState => ({ closingThrough, nextCloseAt }));
    onSignal(booksChanged, () => void news++);
    while (!historyIsLong()) {
      const heard = news;
      const { through, wakeAt } = await invoicing.nextClose({ tenantId, at: now() });
      closingThrough = through;
      nextCloseAt = wakeAt;
      if (through === null) await until(wakeAt, () => news > heard);
      else await invoicingBulk.closeDays({ tenantId, through, at: now() });
    }
    await continueAsNew<typeof books>({ tenantId, ...carriedTime() });
  });
}
