import { books as definition, booksChanged, type ProcessInput } from '@tollkeeper/contracts';
import { historyIsLong } from './history-length';
import { invoicing, invoicingBulk } from './services';
import { carryOn } from './show';
import { carriedTime, keepTime, now, onSignal, until } from './until';

/** Closes days when the tenant's rhythm says so, or a person; what an outage left open is closed in one go. */
export async function books(input: ProcessInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId } = input;
    let news = 0;
    onSignal(booksChanged, () => void news++);
    while (!historyIsLong()) {
      const heard = news;
      const { through, wakeAt } = await invoicing.nextClose({ tenantId, at: now() });
      if (through === null) await until(wakeAt, () => news > heard);
      else await invoicingBulk.closeDays({ tenantId, through, at: now() });
    }
    await carryOn<typeof books>({ tenantId, ...carriedTime() });
  });
}
