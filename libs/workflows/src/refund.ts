import { addDuration } from '@tollkeeper/calendar';
import { creditRefundWanted, refund as definition, type RefundInput } from '@tollkeeper/contracts';
import { historyIsLong } from './history-length';
import { invoicing, payments, paymentsBulk } from './services';
import { carryOn } from './show';
import { carriedTime, keepTime, now, onSignal, until } from './until';

/** Where the gateway says nothing and no look-up is planned. */
const againHours = 24;

/**
 * Money back to a payer. An account's credit is asked for here, one refund at a time, so that no two are promised the
 * same money; whoever asks meanwhile is served after it.
 */
export async function refund(input: RefundInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId, accountId, wholeCredit = false, waiting = [] } = input;
    const wanted = [input.requestKey, ...waiting];
    onSignal(creditRefundWanted, ({ eventId }) => {
      if (!wanted.includes(eventId)) wanted.push(eventId);
    });
    for (let turn = 0; turn < wanted.length; turn++) {
      const requestKey = wanted[turn] as string;
      if (wholeCredit) await openCredit(requestKey);
      await send(requestKey);
    }

    async function openCredit(requestKey: string): Promise<void> {
      for (;;) {
        const at = now();
        const { waitUntil } = await payments.creditRefundWait({ tenantId, accountId, requestKey, at });
        if (waitUntil === null) break;
        await until(waitUntil);
      }
      const { minor, currency } = await invoicing.customerCredit({ tenantId, accountId });
      if (minor <= 0) return;
      const amount = { amountMinor: minor, currency };
      await payments.openCreditRefund({ tenantId, accountId, requestKey, ...amount, at: now() });
    }

    async function send(requestKey: string): Promise<void> {
      for (;;) {
        const at = now();
        const { open, nextAt } = await paymentsBulk.sendRefunds({ tenantId, requestKey, at });
        if (open === 0) return;
        await until(nextAt ?? addDuration(at, { hours: againHours }));
        if (historyIsLong()) {
          const waitingStill = wanted.slice(wanted.indexOf(requestKey) + 1);
          await carryOn<typeof refund>({
            ...input,
            requestKey,
            waiting: waitingStill,
            ...carriedTime(),
          });
        }
      }
    }
  });
}
