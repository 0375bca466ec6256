import { addDuration, compareInstants, type Instant, minutesBetween } from '@tollkeeper/calendar';
import { renewal as definition, type RenewalInput, renewalPaymentChanged } from '@tollkeeper/contracts';
import { customers, paymentsBulk } from './services';
import { keepTime, now, onSignal, until } from './until';

/** Hours after the first failure at which the card is tried again, and the end of the grace time after the period. */
const retryAfterHours = [12, 36, 60];
const graceHours = 72;
/** Attempts that a subscriber causes by paying or changing the card come on top, up to this many. */
const maxAttempts = 20;

/** One failed renewal: tried again inside the grace time, then the service lapses. Nothing is owed. */
export async function renewal(input: RenewalInput): Promise<'renewed' | 'lapsed'> {
  return keepTime(input, definition.rank, async () => {
    const { tenantId, renewal: due } = input;
    const { subscriptionId, from } = due;
    const key = `${subscriptionId}/${from}`;
    let news = 0;
    onSignal(renewalPaymentChanged, () => void news++);
    const graceEnds = addDuration(from, { hours: graceHours });
    const retries = retryAfterHours
      .map((hours) => addDuration(input.at, { hours }))
      .filter((at) => compareInstants(at, graceEnds) < 0);

    for (let attempt = 2; attempt <= maxAttempts; attempt++) {
      const heard = news;
      const why = await until(retries[0] ?? graceEnds, () => news > heard);
      if (why === 'due' && retries.shift() === undefined) break;
      if (await charge(attempt)) return 'renewed';
    }
    await customers.lapseSubscription({ tenantId, subscriptionId, key: `${key}/lapse`, at: now() });
    return 'lapsed';

    /** A renewal that is paid late starts when it is paid. */
    async function charge(attempt: number): Promise<boolean> {
      const at = now();
      const period = compareInstants(at, from) > 0 ? shifted(at) : { from, to: due.to };
      const { outcomes } = await paymentsBulk.chargeRenewals({ tenantId, at, attempt, renewals: [due] });
      if (outcomes[0]?.state !== 'succeeded') return false;
      await customers.extendPaidPeriods({ tenantId, at, items: [{ subscriptionId, ...period, key }] });
      return true;
    }

    function shifted(start: Instant): { from: Instant; to: Instant } {
      return { from: start, to: addDuration(start, { minutes: minutesBetween(from, due.to) }) };
    }
  });
}
