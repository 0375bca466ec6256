import {
  networkReconciliation as definition,
  type ProcessInput,
  reconciliationWanted,
} from '@tollkeeper/contracts';
import { historyIsLong } from './history-length';
import { network } from './services';
import { carryOn } from './show';
import { carriedTime, keepTime, now, onSignal, until } from './until';

const simsPerPage = 500;

/** Compares the network's own list of SIMs with ours, at the operator's hour or when asked. Ends when neither is wanted. */
export async function networkReconciliation(input: ProcessInput): Promise<void> {
  const { tenantId } = input;
  let news = 0;
  let heard = 0;
  await keepTime(input, definition.rank, async () => {
    onSignal(reconciliationWanted, () => void news++);
    while (!historyIsLong()) {
      heard = news;
      const { run, nextAt } = await network.nextReconciliation({ tenantId, at: now() });
      if (run) await reconcile(run);
      else if (nextAt === null && news === heard) return;
      else await until(nextAt, () => news > heard);
    }
    await carryOn<typeof networkReconciliation>({ tenantId, ...carriedTime() });
  });
  // Wanted while this said goodbye: whoever wants it found this one open and started no other.
  if (news > heard) await carryOn<typeof networkReconciliation>({ tenantId, ...carriedTime() });

  /** Page by page; where it got to lies in the run's row, so a long one may go on in the next run of this. */
  async function reconcile({ runId, after: first }: { runId: string; after: string | null }): Promise<void> {
    let after = first;
    while (!historyIsLong()) {
      const page = { tenantId, runId, after, limit: simsPerPage, at: now() };
      const { next, retryAt } = await network.reconcileNetworkPage(page);
      if (retryAt) await until(retryAt);
      else if (next === null) return;
      else after = next;
    }
  }
}
