import { addDuration } from '@tollkeeper/calendar';
import {
  renewalRequest as definition,
  renewalRequestDecided,
  type RenewalRequestInput,
  renewalKey,
} from '@tollkeeper/contracts';
import { customers, paymentsBulk } from './services';
import { keepTime, now, onSignal, until } from './until';

/** While the gateway's answer is open it is looked at again after this if nobody says so before. */
const recheckHours = 24;
/** A bank that has not answered by then is left to the look-ups; the request stays `unknown`. */
const maxRechecks = 30;

/** A renewal by hand: one charge, and the period that it pays for. */
export async function renewalRequest(input: RenewalRequestInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId, requestId } = input;
    let news = 0;
    onSignal(renewalRequestDecided, () => void news++);
    const { renewal } = await customers.loadRenewalRequest({ tenantId, requestId, at: now() });
    if (!renewal)
      return customers.recordRenewalRequest({ tenantId, requestId, outcome: 'notRenewable', at: now() });
    const { subscriptionId, offeringId, from, to } = renewal;

    for (let round = 0; round <= maxRechecks; round++) {
      const heard = news;
      const at = now();
      const asked = { tenantId, at, attempt: 1, requestId, renewals: [renewal] };
      const [outcome] = (await paymentsBulk.chargeRenewals(asked)).outcomes;
      const state = outcome?.state ?? 'unknown';
      if (state === 'succeeded') {
        const key = renewalKey(subscriptionId, from);
        const items = [{ subscriptionId, offeringId, from, to, key, paidAt: outcome?.paidAt ?? at }];
        await customers.extendPaidPeriods({ tenantId, at, items });
      }
      await customers.recordRenewalRequest({ tenantId, requestId, outcome: state, at });
      if (state !== 'unknown' && state !== 'pending') return;
      await until(addDuration(at, { hours: recheckHours }), () => news > heard);
    }
  });
}
