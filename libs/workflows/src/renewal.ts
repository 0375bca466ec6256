import { addDuration, compareInstants } from '@tollkeeper/calendar';
import {
  renewal as definition,
  type RenewalInput,
  renewalPaymentChanged,
  renewalKey,
} from '@tollkeeper/contracts';
import { patched } from '@temporalio/workflow';
import { customers, paymentsBulk } from './services';
import { keepTime, now, onSignal, until } from './until';

/** Of processes that were started before the tenant's rules came with them. */
const rulesBefore = { retryHours: [12, 36, 60], graceHours: 72 };
/** Attempts that a subscriber causes by paying or changing the card come on top, up to this many. */
const maxAttempts = 20;

/** One failed renewal: tried again inside the grace time, then the service lapses. Nothing is owed. `over`: there is nothing to renew any more. */
export async function renewal(input: RenewalInput): Promise<'renewed' | 'lapsed' | 'over'> {
  return keepTime(input, definition.rank, async () => {
    const { tenantId, renewal: due, rules = rulesBefore } = input;
    const { subscriptionId, from } = due;
    const key = renewalKey(subscriptionId, from);
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
      const came = await charge(attempt);
      if (came !== 'unpaid') return came;
    }
    await customers.lapseSubscription({ tenantId, subscriptionId, key: `${key}/lapse`, at: now() });
    return 'lapsed';

    /** As things stand now; what has been paid counts all the same. A renewal that is paid late starts when it is paid. */
    async function charge(attempt: number): Promise<'renewed' | 'unpaid' | 'over'> {
      const at = now();
      const still = patched('renewal-reloads')
        ? await customers.renewalStillDue({ tenantId, subscriptionId, from, at })
        : { due, inGrace: true };
      const asked = still.due ?? due;
      const { outcomes } = await paymentsBulk.chargeRenewals({
        ...{ tenantId, at, attempt, renewals: [asked] },
        ...(still.due ? {} : { onlyReport: true }),
      });
      const [outcome] = outcomes;
      if (outcome?.state !== 'succeeded') return still.inGrace ? 'unpaid' : 'over';
      const { paidAt = at, paid = asked } = outcome;
      const { offeringId, to } = paid;
      const items = [{ subscriptionId, offeringId, from, to, key, paidAt }];
      await customers.extendPaidPeriods({ tenantId, at, items });
      return 'renewed';
    }
  });
}
