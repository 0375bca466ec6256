import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NetworkOrderRow } from './network-order.schema';
import type { NetworkStateRow } from './network.schema';
import { cardsOf, planOrders, type WantedSim } from './plan-orders';

const cards = ['8901000000000000017', '8901000000000000025', '8901000000000000033'];
const card = fc.constantFrom(...cards);
const wish = fc.record({
  iccid: card,
  desired: fc.constantFrom<WantedSim['desired']>('active', 'barOutgoing', 'suspended', 'deactivated'),
  replaces: fc.option(card, { nil: undefined, freq: 3 }),
  /** The network confirms what is open about this card before the next order. */
  confirmed: fc.option(card, { nil: undefined }),
});

/** The rows as the services would keep them, after any sequence of orders and confirmations. */
class Book {
  readonly orders = new Map<string, NetworkOrderRow>();
  readonly states = new Map<string, NetworkStateRow>();
  readonly told = new Set<string>();

  get open(): NetworkOrderRow[] {
    return [...this.orders.values()].filter(({ state }) => state === 'toSend');
  }

  place(wanted: WantedSim): void {
    const ground = {
      ...{ tenantId: 'ten_a', at: '2026-03-01T12:00:00.000Z', open: this.open },
      states: [...this.states.values()],
      leftOpen: () => ({ keepOpen: ['112'], services: [] }),
    };
    const plan = planOrders([wanted], ground);
    for (const { key, replacedBy } of plan.superseded)
      this.orders.set(key, { ...(this.orders.get(key) as NetworkOrderRow), state: 'superseded', replacedBy });
    for (const row of plan.orders) this.orders.set(row.key, row);
    for (const row of plan.states) this.states.set(row.iccid, row);
  }

  confirm(iccid: string): void {
    for (const order of this.open.filter((each) => each.iccid === iccid)) {
      this.orders.set(order.key, { ...order, state: 'confirmed' });
      order.notify.forEach((processId) => this.told.add(processId));
      for (const own of cardsOf(order)) {
        const row = this.states.get(own);
        if (row?.orderKey === order.key) this.states.set(own, { ...row, confirmedKey: order.key });
      }
    }
  }
}

it('whatever is ordered and confirmed in whichever order, a SIM waits for one open order at most and for the right one', () => {
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 15 }), (wishes) => {
      const book = new Book();
      wishes.forEach(({ iccid, desired, replaces, confirmed }, index) => {
        const swap = replaces && replaces !== iccid ? { replaces } : {};
        const about = { key: `k${index}`, iccid, subscriptionId: 'sub_1', accountId: 'acc_1', desired };
        book.place({ ...about, ...swap, notify: { processId: `p${index}` } });
        if (confirmed) book.confirm(confirmed);
      });
      for (const iccid of cards)
        expect(book.open.filter((order) => order.iccid === iccid).length).toBeLessThanOrEqual(1);
      for (const { orderKey, confirmedKey } of book.states.values()) {
        const order = book.orders.get(orderKey);
        expect(order?.state).toBe(confirmedKey === orderKey ? 'confirmed' : 'toSend');
      }
      const waiting = book.open.flatMap(({ notify }) => notify);
      expect([...waiting, ...book.told].sort()).toEqual(wishes.map((_, index) => `p${index}`).sort());
    }),
  );
});
