import { addDuration } from '@tollkeeper/calendar';
import type { AttemptState } from '@tollkeeper/contracts';
import { orders, paymentsBulk } from '../services';
import { type Step, step } from './saga';

const hoursUntilOutcomeIsAskedFor = 1;

export const refusals: Partial<Record<AttemptState, string>> = {
  declined: 'the card was declined, or there is none',
  requiresAction: 'the payer has to confirm the payment',
  gatewayFailure: 'the payment gateway failed',
};

/** Payments charges, customers writes down what came of it. Each attempt pays a period that begins with it. */
export const firstCharge: Step = {
  ...step('firstCharge'),
  async take(order, { attempt }) {
    const { tenantId, at } = order;
    const record = {
      ...{ ...order, step: 'firstCharge', attempt },
      ...{ code: null, reason: null, waitsUntil: null },
    };
    const { due } = await orders.firstChargeOf(order);
    if (!due) return orders.recordOrderStep({ ...record, state: 'done' });
    const { outcomes } = await paymentsBulk.chargeRenewals({
      ...{ tenantId, at, attempt },
      renewals: [due],
      ordered: true,
    });
    const state = outcomes[0]?.state ?? 'unknown';
    if (state === 'succeeded') return orders.recordOrderStep({ ...record, state: 'done', final: true });
    const refused = refusals[state];
    if (refused !== undefined)
      return orders.recordOrderStep({ ...record, state: 'refused', code: state, reason: refused });
    const waitsUntil = addDuration(at, { hours: hoursUntilOutcomeIsAskedFor });
    return orders.recordOrderStep({ ...record, state: 'waiting', reason: `payment ${state}`, waitsUntil });
  },
};
