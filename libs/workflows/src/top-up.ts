import { topUp as definition, type TopUpInput } from '@tollkeeper/contracts';
import { paymentsBulk } from './services';
import { keepTime, now } from './until';

/** One charge; the money is on the balance in the transaction that books it, also when the answer comes later. */
export async function topUp(input: TopUpInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId, topUpId } = input;
    await paymentsBulk.chargeTopUp({ tenantId, topUpId, at: now() });
  });
}
