import { describe, expect, it } from '@jest/globals';
import type { NetworkOrderRow } from './network-order.schema';
import type { NetworkStateRow } from './network.schema';
import { type LeftOpen, type OrderPlan, planOrders, type WantedSim } from './plan-orders';

const at = '2026-03-01T12:00:00.000Z';
const card = '8901000000000000017';
const newCard = '8901000000000000025';
const wanted = (key: string, change: Partial<WantedSim> = {}): WantedSim => ({
  ...{ key, iccid: card, subscriptionId: 'sub_1', accountId: 'acc_1', desired: 'active' },
  ...change,
});
const everythingOpen = (): LeftOpen => ({ keepOpen: ['112'], services: [] });

interface Before {
  states?: NetworkStateRow[];
  open?: NetworkOrderRow[];
  leftOpen?: () => LeftOpen;
}

const plan = (orders: WantedSim[], { states = [], open = [], leftOpen = everythingOpen }: Before = {}) =>
  planOrders(orders, { tenantId: 'ten_a', at, states, open, leftOpen });
const after = ({ orders, states }: OrderPlan): Before => ({
  states,
  open: orders.filter(({ state }) => state === 'toSend'),
});
const stateOf = ({ states }: OrderPlan, iccid: string) => states.find((row) => row.iccid === iccid);

describe('an order', () => {
  it('of a new SIM activates it with its numbers', () => {
    const placed = plan([wanted('a', { imsi: '310990000000001', msisdn: '15185550101' })]);
    expect(placed.orders).toMatchObject([{ key: 'a', kind: 'activate', state: 'toSend', sequence: 1 }]);
    expect(stateOf(placed, card)).toMatchObject({ desired: 'active', orderKey: 'a', confirmedKey: null });
  });

  it.each<[Partial<WantedSim>, string]>([
    [{ desired: 'barAll' }, 'setState'],
    [{ msisdn: '15185550102' }, 'changeMsisdn'],
    [{ msisdn: '15185550101' }, 'setState'],
    [{ desired: 'deactivated' }, 'deactivate'],
  ])('%j of a SIM in service is to %s', (change, kind) => {
    const first = plan([wanted('a', { msisdn: '15185550101' })]);
    const confirmed = first.states.map((row) => ({ ...row, confirmed: row.desired, confirmedKey: 'a' }));
    const { orders } = plan([wanted('b', change)], { states: confirmed });
    expect(orders).toMatchObject([{ key: 'b', kind, sequence: 2 }]);
  });

  it('takes the place of one that is open, with what that was to bring and who waits for it', () => {
    const first = plan([wanted('a', { msisdn: '15185550101', notify: { processId: 'order/1' } })]);
    const second = plan(
      [wanted('b', { desired: 'barOutgoing', notify: { processId: 'order/2' } })],
      after(first),
    );
    expect(second.superseded).toEqual([{ key: 'a', replacedBy: 'b' }]);
    expect(second.orders).toMatchObject([
      { kind: 'activate', desired: 'barOutgoing', msisdn: '15185550101', notify: ['order/1', 'order/2'] },
    ]);
    expect(stateOf(second, card)).toMatchObject({ desired: 'barOutgoing', orderKey: 'b', sequence: 2 });
  });

  it('placed with an earlier one of the same SIM leaves only the later', () => {
    const both = plan([wanted('a', { desired: 'suspended' }), wanted('b')]);
    expect(both.orders.map(({ key, state, replacedBy }) => [key, state, replacedBy])).toEqual([
      ['a', 'superseded', 'b'],
      ['b', 'toSend', null],
    ]);
    expect(both.superseded).toEqual([]);
    expect(stateOf(both, card)).toMatchObject({ desired: 'active', orderKey: 'b' });
  });

  it('that leaves no line to pay is refused here, never sent', () => {
    const { orders } = plan([wanted('a', { desired: 'barAll' })], { leftOpen: () => ({ fault: 'no line' }) });
    expect(orders).toMatchObject([{ state: 'refused', detail: 'no line', answeredAt: at }]);
  });
});

describe('a SIM swap', () => {
  const before = plan([wanted('a', { msisdn: '15185550101' })]);
  const swapped = plan([wanted('b', { iccid: newCard, replaces: card, msisdn: '15185550101' })], {
    states: before.states,
  });

  it('is one order for both cards', () => {
    expect(swapped.orders).toMatchObject([
      { kind: 'swapSim', iccid: newCard, replaces: [{ iccid: card, sequence: 2 }] },
    ]);
    expect(stateOf(swapped, newCard)).toMatchObject({ desired: 'active', orderKey: 'b' });
    expect(stateOf(swapped, card)).toMatchObject({ desired: 'deactivated', orderKey: 'b' });
  });

  it('taken back ends the order that is under way, for both cards', () => {
    const back = plan([wanted('c', { replaces: newCard, notify: { processId: 'order/2' } })], after(swapped));
    expect(back.superseded).toEqual([{ key: 'b', replacedBy: 'c' }]);
    expect(stateOf(back, card)).toMatchObject({ desired: 'active', orderKey: 'c' });
    expect(stateOf(back, newCard)).toMatchObject({ desired: 'deactivated', orderKey: 'c', sequence: 2 });
  });

  it('is still brought by an order that takes its place', () => {
    const barred = plan([wanted('c', { iccid: newCard, desired: 'barAll' })], after(swapped));
    expect(barred.orders).toMatchObject([
      { kind: 'swapSim', replaces: [{ iccid: card }], desired: 'barAll' },
    ]);
    expect(stateOf(barred, card)).toMatchObject({ desired: 'deactivated', orderKey: 'c' });
  });
});
