import { delivery as definition, type DeliveryInput, messagesDeferred } from '@tollkeeper/contracts';
import { historyIsLong } from './history-length';
import { notifications } from './services';
import { carryOn } from './show';
import { carriedTime, keepTime, now, onSignal, until } from './until';

/** One sweeper per tenant and channel for messages that had to wait; all others were sent where they arose. */
export async function delivery(input: DeliveryInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId, channel } = input;
    let news = 0;
    onSignal(messagesDeferred, () => void news++);
    while (!historyIsLong()) {
      const heard = news;
      const { nextAt } = await notifications.sendDeferred({ tenantId, channel, at: now() });
      await until(nextAt, () => news > heard);
    }
    await carryOn<typeof delivery>({ tenantId, channel, ...carriedTime() });
  });
}
