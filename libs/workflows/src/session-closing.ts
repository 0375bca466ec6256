import {
  sessionClosing as definition,
  type SessionClosingInput,
  sessionsOpened,
} from '@tollkeeper/contracts';
import { historyIsLong } from './history-length';
import { ratingBulk } from './services';
import { carryOn } from './show';
import { carriedTime, keepTime, now, onSignal, until } from './until';

/** One sweeper per tenant for usage sessions whose final record does not come. */
export async function sessionClosing(input: SessionClosingInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId } = input;
    let news = 0;
    onSignal(sessionsOpened, () => void news++);
    while (!historyIsLong()) {
      const heard = news;
      const { nextAt } = await ratingBulk.closeSilentSessions({ tenantId, at: now() });
      await until(nextAt, () => news > heard);
    }
    await carryOn<typeof sessionClosing>({ tenantId, ...carriedTime() });
  });
}
