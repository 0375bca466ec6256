import { addDuration } from '@tollkeeper/calendar';
import { credit, orders, paymentsBulk } from '../services';
import { refusals } from './first-charge';
import { type Step, step } from './saga';

const hoursUntilOutcomeIsAskedFor = 1;

/** Customers says what the account's class demands, payments charges it; nothing is provisioned before. */
export const takeDeposit: Step = {
  ...step('takeDeposit'),
  async take(order, { attempt }) {
    const { tenantId, at } = order;
    const { due, facts } = await credit.depositOf({ ...order, step: 'takeDeposit' });
    if (!due) return facts;
    const { accountId, key } = due;
    const { state, paymentId } = await paymentsBulk.chargeDeposit({ tenantId, at, attempt, ...due });
    await credit.recordDeposit({ tenantId, at, accountId, key, attempt, state, paymentId });
    const record = {
      ...{ ...order, step: 'takeDeposit', attempt },
      ...{ code: null, reason: null, waitsUntil: null },
    };
    if (state === 'succeeded') return orders.recordOrderStep({ ...record, state: 'done' });
    const refused = refusals[state];
    if (refused !== undefined)
      return orders.recordOrderStep({
        ...record,
        state: 'refused',
        code: state,
        reason: `deposit: ${refused}`,
      });
    const waitsUntil = addDuration(at, { hours: hoursUntilOutcomeIsAskedFor });
    return orders.recordOrderStep({ ...record, state: 'waiting', reason: `payment ${state}`, waitsUntil });
  },
};
