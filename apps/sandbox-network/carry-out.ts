import type { mongo } from 'mongoose';
import type { Books, OrderRow, SimRow } from './books';

type Change = mongo.AnyBulkWriteOperation<SimRow>;

/** Gives SIMs the profiles that were ordered. Of two orders for one SIM the later placed one stays. */
export async function carryOut(
  books: Books,
  orders: OrderRow[],
  session: mongo.ClientSession,
): Promise<void> {
  if (orders.length === 0) return;
  await books.sims.bulkWrite(orders.flatMap(changesOf), { session, ordered: true });
  await books.orders.bulkWrite(
    orders.map(({ tenantId, key, dueAt }) => ({
      updateOne: {
        filter: { tenantId, key },
        update: { $set: { status: 'acknowledged' as const, acknowledgedAt: dueAt } },
      },
    })),
    { session },
  );
}

function changesOf(order: OrderRow): Change[] {
  const { tenantId, iccid, state, imsi, msisdn, keepOpen, services, sequence, replaces } = order;
  const acknowledgedAt = order.dueAt ?? new Date(0);
  const told = { ...(imsi && { imsi }), ...(msisdn && { msisdn }) };
  const changes: Change[] = [
    atLeast(tenantId, iccid, acknowledgedAt),
    {
      updateOne: {
        filter: { tenantId, iccid, sequence: { $lt: sequence } },
        update: { $set: { state, keepOpen, services, sequence, acknowledgedAt, ...told } },
      },
    },
  ];
  const gone = { state: 'deactivated' as const, keepOpen: [], services: [], msisdn: null, acknowledgedAt };
  return replaces.reduce<Change[]>(
    (all, card) => [
      ...all,
      atLeast(tenantId, card.iccid, acknowledgedAt),
      {
        updateOne: {
          filter: { tenantId, iccid: card.iccid, sequence: { $lt: card.sequence } },
          update: { $set: { ...gone, sequence: card.sequence } },
        },
      },
    ],
    changes,
  );
}

/** A SIM that the network did not know becomes known, before it gets its profile. */
const atLeast = (tenantId: string, iccid: string, acknowledgedAt: Date): Change => ({
  updateOne: {
    filter: { tenantId, iccid },
    update: {
      $setOnInsert: {
        ...{ state: 'deactivated', imsi: null, msisdn: null, keepOpen: [], services: [] },
        ...{ sequence: 0, acknowledgedAt },
      },
    },
    upsert: true,
  },
});
