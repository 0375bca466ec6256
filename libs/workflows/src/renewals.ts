import { addDuration } from '@tollkeeper/calendar';
import {
  type DueRenewal,
  type ProcessInput,
  renewalLeadHours,
  renewals as definition,
  renewalsChanged,
  renewalKey,
} from '@tollkeeper/contracts';
import { patched } from '@temporalio/workflow';
import { historyIsLong } from './history-length';
import { customers, paymentsBulk } from './services';
import { carryOn } from './show';
import { carriedTime, keepTime, now, onSignal, until } from './until';

const renewalsPerCall = 100;
const closedPerCall = 50;

/** Plans paid in advance: charged in batches before their period starts; only a failure gets a process of its own. */
export async function renewals(input: ProcessInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId } = input;
    let news = 0;
    onSignal(renewalsChanged, () => void news++);
    while (!historyIsLong()) {
      const heard = news;
      await renewDue();
      if (patched('paid-periods-close')) await closeEnded();
      const { at } = await customers.nextRenewalAt({ tenantId, leadHours: renewalLeadHours });
      await until(at, () => news > heard);
    }
    await carryOn<typeof renewals>({ tenantId, ...carriedTime() });

    async function renewDue(): Promise<void> {
      const before = addDuration(now(), { hours: renewalLeadHours, minutes: 1 });
      let after: string | null = null;
      do {
        const page: { due: DueRenewal[]; next: string | null } = await customers.listDueRenewals({
          tenantId,
          before,
          after,
          limit: renewalsPerCall,
        });
        if (page.due.length > 0) await renew(page.due);
        after = page.next;
      } while (after !== null);
    }

    async function closeEnded(): Promise<void> {
      let more = true;
      while (more)
        ({ more } = await customers.closePaidPeriods({ tenantId, at: now(), limit: closedPerCall }));
    }

    async function renew(due: DueRenewal[]): Promise<void> {
      const at = now();
      const { outcomes } = await paymentsBulk.chargeRenewals({ tenantId, at, attempt: 1, renewals: due });
      const paid = new Set(
        outcomes.filter(({ state }) => state === 'succeeded').map(({ subscriptionId }) => subscriptionId),
      );
      const paidAt = new Map(outcomes.map((outcome) => [outcome.subscriptionId, outcome.paidAt ?? at]));
      const items = due.map(({ subscriptionId, offeringId, from, to }) => ({
        ...{ subscriptionId, offeringId, from, to },
        key: renewalKey(subscriptionId, from),
        paidAt: paidAt.get(subscriptionId) ?? at,
      }));
      await customers.extendPaidPeriods({
        tenantId,
        at,
        items: items.filter(({ subscriptionId }) => paid.has(subscriptionId)),
      });
      const failing = items.filter(({ subscriptionId }) => !paid.has(subscriptionId));
      if (failing.length > 0) await customers.markRenewalFailing({ tenantId, at, items: failing });
    }
  });
}
