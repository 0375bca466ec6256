import type { Document } from 'mongodb';
import type { Invariant } from '../invariant';
import { collect, type TenantRows } from '../tenant-rows';

interface OrderRow {
  _id: string;
  kind: string;
  state: string;
  open: boolean;
  endedAt: string | null;
  subscriptionId: string;
  steps: { step: string; state: string }[];
}

const fields = ['kind', 'state', 'open', 'endedAt', 'subscriptionId', 'steps.step', 'steps.state'];
const undone = ['failed', 'cancelled'];

export const orders: Invariant = {
  name: 'orders',
  statement:
    'a completed order has all steps done; one that was undone left no reservation, assignment or live SIM',
  async check({ rows }, findings) {
    const left = async (collection: string, filter: Document, column: string): Promise<Set<string>> => {
      const found = rows.aggregate<{ _id: string }>('customers', collection, [
        { $match: filter },
        { $group: { _id: `$${column}` } },
      ]);
      return new Set((await collect(found)).map(({ _id }) => _id));
    };
    const ended = await collect(
      rows.find<OrderRow>('customers', 'orders', { open: false }, fields, { _id: 1 }),
    );
    const back = ended.filter(({ state }) => undone.includes(state));
    const activations = back.filter(({ kind }) => kind === 'activation');
    const ids = activations.map(({ subscriptionId }) => subscriptionId);
    const reserved = await reservations(rows, back);
    const assigned = await left('assignments', { subscriptionId: { $in: ids } }, 'subscriptionId');
    const live = await left(
      'networkStates',
      { subscriptionId: { $in: ids }, desired: { $ne: 'deactivated' } },
      'subscriptionId',
    );

    for (const order of ended) {
      findings.look();
      findings.count(order.state);
      for (const fault of stepFaults(order)) findings.breach(order._id, fault);
    }
    for (const { _id } of back)
      findings.breachIf(reserved.has(_id), _id, 'is over and still has reservations');
    for (const { _id, subscriptionId } of activations) {
      findings.breachIf(
        assigned.has(subscriptionId),
        _id,
        `was undone, and ${subscriptionId} has identifiers`,
      );
      findings.breachIf(
        live.has(subscriptionId),
        _id,
        `was undone, and a SIM of ${subscriptionId} is to live`,
      );
    }
    const open = await rows.count('customers', 'orders', { open: true });
    findings.count('open', open);
  },
};

/** Orders that are over and for which a number or SIM is kept beyond their end. */
async function reservations(rows: TenantRows, over: OrderRow[]): Promise<Set<string>> {
  const endOf = new Map(over.map(({ _id, endedAt }) => [_id, endedAt ?? '']));
  const kept = rows.aggregate<{ orderId: string; to: string | null }>('customers', 'inventory', [
    { $match: { 'spans.orderId': { $in: [...endOf.keys()] } } },
    { $unwind: '$spans' },
    { $match: { 'spans.state': 'reserved' } },
    { $project: { orderId: '$spans.orderId', to: '$spans.to' } },
  ]);
  const late = (await collect(kept)).filter(
    ({ orderId, to }) => endOf.has(orderId) && (to === null || to > (endOf.get(orderId) ?? '')),
  );
  return new Set(late.map(({ orderId }) => orderId));
}

export function stepFaults({ state, steps }: Pick<OrderRow, 'state' | 'steps'>): string[] {
  const allowed = state === 'completed' ? ['done'] : ['undone', 'pending'];
  const faults = steps
    .filter((step) => !allowed.includes(step.state))
    .map((step) => `is ${state}, and step ${step.step} is ${step.state}`);
  return steps.length === 0 ? [`is ${state} and never had a step`] : faults;
}
