import { isCancellation, patched } from '@temporalio/workflow';
import { addDuration } from '@tollkeeper/calendar';
import { creditRefundWanted, refund as definition, type RefundInput } from '@tollkeeper/contracts';
import { historyIsLong } from './history-length';
import { invoicing, payments, paymentsBulk } from './services';
import { carryOn } from './show';
import { carriedTime, keepTime, now, onSignal, until } from './until';

/** Where the gateway says nothing and no look-up is planned. */
const againHours = 24;

interface Promised {
  minor: number;
  currency: string;
}

/**
 * Money back to a payer. An account's credit is asked for here, one refund at a time, so that no two are promised the
 * same money; whoever asks meanwhile is served after it.
 */
export async function refund(input: RefundInput): Promise<void> {
  const { tenantId, accountId, wholeCredit = false, waiting = [] } = input;
  const wanted = [input.requestKey, ...waiting];
  let served = 0;
  await keepTime(input, definition.rank, async () => {
    onSignal(creditRefundWanted, ({ eventId }) => {
      if (!wanted.includes(eventId)) wanted.push(eventId);
    });
    for (; served < wanted.length; served++) {
      const requestKey = wanted[served] as string;
      if (wholeCredit) await openCredit(requestKey);
      else if (input.deposit) await openDeposit(requestKey, input.deposit);
      else if (input.surplus) await openSurplus(requestKey, input.surplus.amountMinor);
      await send(requestKey);
    }

    async function openCredit(requestKey: string): Promise<void> {
      for (;;) {
        const at = now();
        const { waitUntil } = await payments.creditRefundWait({ tenantId, accountId, requestKey, at });
        if (waitUntil === null) break;
        await until(waitUntil);
      }
      if (patched('refundPromised')) {
        const owed = await promise(requestKey, 'credit', null);
        if (owed.minor > 0) await open(requestKey, 'credit', owed, owed.minor, null);
        return;
      }
      const { minor, currency } = await invoicing.customerCredit({ tenantId, accountId });
      if (minor <= 0) return;
      const amount = { amountMinor: minor, currency };
      await payments.openCreditRefund({ tenantId, accountId, requestKey, ...amount, at: now() });
    }

    async function openDeposit(
      requestKey: string,
      { amountMinor, reason }: NonNullable<RefundInput['deposit']>,
    ): Promise<void> {
      const promised = await promise(requestKey, 'deposit', amountMinor);
      await open(requestKey, 'deposit', promised, amountMinor, reason);
    }

    async function openSurplus(requestKey: string, amountMinor: number): Promise<void> {
      const promised = await promise(requestKey, 'credit', amountMinor);
      await open(requestKey, 'credit', promised, amountMinor, null);
    }

    function promise(key: string, of: 'credit' | 'deposit', amountMinor: number | null): Promise<Promised> {
      return invoicing.promiseRefund({ tenantId, accountId, key, of, amountMinor, at: now() });
    }

    /** What was opened ends with the money paid, by bank at the latest; only what cannot be opened is released. */
    async function open(
      requestKey: string,
      of: 'credit' | 'deposit',
      { minor: promisedMinor, currency }: Promised,
      wantedMinor: number,
      reason: string | null,
    ): Promise<void> {
      const wanted = { tenantId, accountId, requestKey, of, wantedMinor, promisedMinor, currency, reason };
      try {
        await payments.openPromisedRefund({ ...wanted, at: now() });
      } catch (error) {
        if (!isCancellation(error))
          await invoicing.releaseRefund({ tenantId, accountId, key: requestKey, at: now() });
        throw error;
      }
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
  // Asked for while this said goodbye: whoever asked found this one open and started no other.
  const [requestKey, ...rest] = wanted.slice(served);
  if (requestKey) await carryOn<typeof refund>({ ...input, requestKey, waiting: rest, ...carriedTime() });
}
