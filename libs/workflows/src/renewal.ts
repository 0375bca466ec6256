import { addDuration, compareInstants } from '@tollkeeper/calendar';
import { renewal as definition, type RenewalInput, renewalPaymentChanged } from '@tollkeeper/contracts';
import { customers, paymentsBulk } from './services';
import { keepTime, now, onSignal, until } from './until';

/** Of processes that were started before the tenant's rules came with them. */
const rulesBefore = { retryHours: [12, 36, 60], graceHours: 72 };
/** Attempts that a subscriber causes by paying or changing the card come on top, up to this many. */
const maxAttempts = 20;

/** One failed renewal: tried again inside the grace time, then the service lapses. Nothing is owed. */
export async function renewal(input: RenewalInput): Promise<'renewed' | 'lapsed'> {
  return keepTime(input, definition.rank, async () => {
    const { tenantId, renewal: due, rules = rulesBefore } = input;
    const { subscriptionId, offeringId, from, to } = due;
    const key = `${subscriptionId}/${from}`;
    let news = 0;
    onSignal(renewalPaymentChanged, () => void news++);
    const graceEnds = addDuration(from, { hours: rules.graceHours });
    const retries = rules.retryHours
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
      const { outcomes } = await paymentsBulk.chargeRenewals({ tenantId, at, attempt, renewals: [due] });
      const [outcome] = outcomes;
      if (outcome?.state !== 'succeeded') return false;
      const { paidAt = at } = outcome;
      const items = [{ subscriptionId, offeringId, from, to, key, paidAt }];
      await customers.extendPaidPeriods({ tenantId, at, items });
      return true;
    }
  });
}
