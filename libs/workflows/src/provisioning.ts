import type { Instant } from '@tollkeeper/calendar';
import { ordersPlaced, type ProcessInput, provisioning as definition } from '@tollkeeper/contracts';
import { historyIsLong } from './history-length';
import { network } from './services';
import { carryOn } from './show';
import { carriedTime, keepTime, now, onSignal, until } from './until';

const ordersPerRound = 500;
/** 1,000 rounds of 500 orders before the next look at the clock. */
const roundsPerWake = 1_000;

/** Carries a tenant's orders to the network, and asks for what it has not acknowledged. Ends when none is open. */
export async function provisioning(input: ProcessInput): Promise<void> {
  const { tenantId } = input;
  let news = 0;
  let heard = 0;
  await keepTime(input, definition.rank, async () => {
    onSignal(ordersPlaced, () => void news++);
    while (!historyIsLong()) {
      heard = news;
      const nextAt = await workedOff(now());
      if (nextAt === null && news === heard) return;
      await until(nextAt, () => news > heard);
    }
    await carryOn<typeof provisioning>({ tenantId, ...carriedTime() });
  });
  // Placed while this said goodbye: whoever placed it found this one open and started no other.
  if (news > heard) await carryOn<typeof provisioning>({ tenantId, ...carriedTime() });

  async function workedOff(at: Instant): Promise<Instant | null> {
    for (let rounds = 1; ; rounds++) {
      const { more, nextAt } = await network.workProvisioning({ tenantId, at, limit: ordersPerRound });
      if (!more || rounds === roundsPerWake) return nextAt;
    }
  }
}
