import { invoicing, orders, payments } from '../services';
import { type Step, step } from './saga';

/** What is left on an account that ends goes back to its payer, once the final bill has taken its part. */
export const payOutCredit: Step = {
  ...step('payOutCredit', { final: true }),
  async take(order, { attempt }) {
    const { tenantId, orderId, at } = order;
    const record = { ...order, step: 'payOutCredit', attempt, code: null, reason: null, waitsUntil: null };
    const { accountId, endedAt, accountEnds } = await orders.creditToPayOut(order);
    if (!accountEnds) return orders.recordOrderStep({ ...record, state: 'done' });
    const { lookAgainAt } = await invoicing.finalBillOf({ tenantId, accountId, endedAt, at });
    if (lookAgainAt !== null) {
      const waiting = { state: 'waiting' as const, reason: 'the final bill', waitsUntil: lookAgainAt };
      return orders.recordOrderStep({ ...record, ...waiting });
    }
    await payments.refundCredit({ tenantId, accountId, key: `${orderId}/credit`, at });
    return orders.recordOrderStep({ ...record, state: 'done' });
  },
};
