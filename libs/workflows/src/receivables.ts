import type { Instant } from '@tollkeeper/calendar';
import { type ProcessInput, receivables as definition } from '@tollkeeper/contracts';
import { historyIsLong } from './history-length';
import { paymentsBulk } from './services';
import { carryOn } from './show';
import { carriedTime, keepTime, now, until } from './until';

const rowsPerRound = 1_000;
/** 1,000 rounds of 1,000: a day's work of 1,000,000 rows before the next look at the clock. */
const roundsPerWake = 1_000;

/** A tenant's daily round: unknown outcomes, then what is due, then what is overdue; whatever made the invoice. */
export async function receivables(input: ProcessInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId } = input;
    while (!historyIsLong()) await until(await workedOff(now()));
    await carryOn<typeof receivables>({ tenantId, ...carriedTime() });

    /** Rounds until nothing is left at this instant; answers when there is next something to do. */
    async function workedOff(at: Instant): Promise<Instant> {
      for (let rounds = 1; ; rounds++) {
        const { more, wakeAt } = await paymentsBulk.workReceivables({ tenantId, at, limit: rowsPerRound });
        if (!more || rounds === roundsPerWake) return wakeAt;
      }
    }
  });
}
