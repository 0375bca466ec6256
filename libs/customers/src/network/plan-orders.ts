import type { Instant } from '@tollkeeper/calendar';
import type { SimState } from '@tollkeeper/contracts';
import { orderId } from './network-order.repository';
import type { NetworkOrderRow } from './network-order.schema';
import { stateId } from './network.repository';
import type { NetworkStateRow } from './network.schema';
import type { SimOrderKind } from './provisioning-network';

/** What a SIM shall be from now on. `imsi` and `msisdn` left out stay as they were last ordered. */
export interface WantedSim {
  /** `<orderId>/<step>`: the same key again is the same order. */
  key: string;
  iccid: string;
  /** Null: a SIM that is not ours, to be taken out of service. */
  subscriptionId: string | null;
  accountId: string | null;
  /** `active` also activates a new SIM, changes its number (with `msisdn`) and lifts a bar. */
  desired: SimState;
  imsi?: string;
  msisdn?: string;
  /** A SIM swap: the card that this one takes the place of; it is deactivated by the same order. */
  replaces?: string;
  /** Is signalled with `networkAnswered` once the network confirmed or refused. */
  notify?: { processId: string };
}

export type LeftOpen = { keepOpen: string[]; services: string[] } | { fault: string };

export interface OrderPlan {
  orders: NetworkOrderRow[];
  /** Open orders that one of these takes the place of. */
  superseded: { key: string; replacedBy: string }[];
  states: NetworkStateRow[];
}

interface OrderGround {
  tenantId: string;
  at: Instant;
  states: NetworkStateRow[];
  /** Open orders of these SIMs. */
  open: NetworkOrderRow[];
  leftOpen(wanted: WantedSim): LeftOpen;
}

/** The latest order about a SIM counts: it takes the place of an open one, and takes over what that was to bring. */
export function planOrders(wanted: WantedSim[], ground: OrderGround): OrderPlan {
  const states = new Map(ground.states.map((row) => [row.iccid, row]));
  const openOrders = new Map(ground.open.map((row) => [row.iccid, row]));
  const placed = new Map<string, NetworkOrderRow>();
  const superseded: OrderPlan['superseded'] = [];
  for (const each of wanted) {
    // What is still open about the card that goes is over as well: a swap that was taken back ends here.
    const over = [each.iccid, each.replaces ?? ''].flatMap((iccid) => openOrders.get(iccid) ?? []);
    const order = orderRow(each, states, over, ground);
    for (const old of over) {
      superseded.push({ key: old.key, replacedBy: order.key });
      openOrders.delete(old.iccid);
      const own = placed.get(old.key);
      if (own) placed.set(old.key, { ...own, state: 'superseded', replacedBy: order.key });
    }
    placed.set(order.key, order);
    if (order.state === 'toSend') openOrders.set(order.iccid, order);
    for (const row of stateRows(order, states, ground)) states.set(row.iccid, row);
  }
  const touched = new Set([...placed.values()].flatMap((order) => cardsOf(order)));
  return {
    orders: [...placed.values()],
    superseded: superseded.filter(({ key }) => !placed.has(key)),
    states: [...states.values()].filter(({ iccid }) => touched.has(iccid)),
  };
}

/** Every card that an order is about. */
export const cardsOf = ({ iccid, replaces }: Pick<NetworkOrderRow, 'iccid' | 'replaces'>): string[] => [
  iccid,
  ...replaces.map((card) => card.iccid),
];

type States = ReadonlyMap<string, NetworkStateRow>;

function orderRow(
  wanted: WantedSim,
  states: States,
  over: NetworkOrderRow[],
  ground: OrderGround,
): NetworkOrderRow {
  const { key, iccid, subscriptionId, accountId, desired, imsi, msisdn, notify } = wanted;
  const state = states.get(iccid);
  const before = over.find((order) => order.iccid === iccid);
  const left = ground.leftOpen(wanted);
  const waiting = [...over.flatMap((order) => order.notify), ...(notify ? [notify.processId] : [])];
  const refused = 'fault' in left;
  return {
    _id: orderId(ground.tenantId, key),
    key,
    kind: kindOf(wanted, state, before),
    iccid,
    subscriptionId,
    accountId,
    desired,
    imsi: imsi ?? state?.imsi ?? null,
    msisdn: msisdn ?? state?.msisdn ?? null,
    replaces: replacedCards(wanted, states, over),
    keepOpen: refused ? [] : left.keepOpen,
    services: refused ? [] : left.services,
    sequence: (state?.sequence ?? 0) + 1,
    placedAt: ground.at,
    state: refused ? 'refused' : 'toSend',
    tries: 0,
    nextAskAt: null,
    replacedBy: null,
    answeredAt: refused ? ground.at : null,
    detail: refused ? left.fault : '',
    notify: [...new Set(waiting)],
  };
}

/** Its own, and those of orders that it takes the place of, unless something else was ordered for them since. */
function replacedCards({ iccid, replaces }: WantedSim, states: States, over: NetworkOrderRow[]) {
  const inherited = over.flatMap((order) =>
    cardsOf(order).filter((card) => card !== order.iccid && states.get(card)?.orderKey === order.key),
  );
  const cards = new Set([...(replaces ? [replaces] : []), ...inherited].filter((card) => card !== iccid));
  return [...cards].map((card) => ({ iccid: card, sequence: (states.get(card)?.sequence ?? 0) + 1 }));
}

/** What is new about the SIM; an order that takes another's place still brings what that was to bring. */
function kindOf(
  { desired, msisdn, replaces }: WantedSim,
  state: NetworkStateRow | undefined,
  before: NetworkOrderRow | undefined,
): SimOrderKind {
  if (desired === 'deactivated') return 'deactivate';
  if (replaces) return 'swapSim';
  if (before && before.kind !== 'deactivate' && before.kind !== 'setState') return before.kind;
  if (desired === 'active' && (state?.confirmed ?? 'deactivated') === 'deactivated') return 'activate';
  const changed = msisdn !== undefined && state?.msisdn && state.msisdn !== msisdn;
  return changed ? 'changeMsisdn' : 'setState';
}

/** The SIM's own row and, in a swap, those of the cards that it replaces. */
function stateRows(order: NetworkOrderRow, states: States, { tenantId, at }: OrderGround): NetworkStateRow[] {
  const { key, iccid, subscriptionId, accountId, desired, imsi, msisdn, sequence } = order;
  const whose = { subscriptionId, accountId };
  const rowOf = (card: string, change: Partial<NetworkStateRow>): NetworkStateRow => ({
    ...{ _id: stateId(tenantId, card), iccid: card, ...whose, desired, imsi: null, msisdn: null },
    ...{ confirmed: null, confirmedKey: null, confirmedAt: null, sequence },
    ...states.get(card),
    ...change,
    orderKey: key,
    orderedAt: at,
  });
  return [
    rowOf(iccid, { ...whose, desired, imsi, msisdn, sequence }),
    ...order.replaces.map((card) => rowOf(card.iccid, { desired: 'deactivated', sequence: card.sequence })),
  ];
}
