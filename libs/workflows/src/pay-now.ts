import { payNow as definition, type PayNowInput } from '@tollkeeper/contracts';
import { paymentsBulk } from './services';
import { keepTime, now } from './until';

/** A payer's own wish to pay: one charge of what is open; its outcome reaches collections as any payment does. */
export async function payNow(input: PayNowInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId, requestId, accountId } = input;
    await paymentsBulk.chargeAccount({ tenantId, requestId, accountId, at: now() });
  });
}
