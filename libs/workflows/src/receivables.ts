import { type ProcessInput, receivables as definition } from '@tollkeeper/contracts';
import { continueAsNew } from '@temporalio/workflow';
import { historyIsLong } from './history-length';
import { payments, paymentsBulk } from './services';
import { carriedTime, keepTime, now, until } from './until';

const rowsPerCall = 200;
/** 1,000 calls of 200: a day's work of 200,000 rows before the next look at the clock. */
const callsPerWake = 1_000;

/** A tenant's daily round: unknown outcomes, then what is due, then what is overdue; whatever made the invoice. */
export async function receivables(input: ProcessInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId } = input;
    while (!historyIsLong()) {
      const at = now();
      const { on } = await payments.nextReceivablesWake({ tenantId, at });
      await repeat(() => paymentsBulk.resolveUnknown({ tenantId, at, limit: rowsPerCall }));
      await repeat(() => paymentsBulk.chargeDue({ tenantId, on, at, limit: rowsPerCall }));
      await repeat(() => paymentsBulk.openCollections({ tenantId, on, at, limit: rowsPerCall }));
      const { wakeAt } = await payments.nextReceivablesWake({ tenantId, at });
      await until(wakeAt);
    }
    await continueAsNew<typeof receivables>({ tenantId, ...carriedTime() });
  });
}

async function repeat(call: () => Promise<{ more: boolean }>): Promise<void> {
  for (let calls = 0; calls < callsPerWake; calls++) if (!(await call()).more) return;
}
