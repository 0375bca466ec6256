import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { networkAnswered, ordersPlaced, provisioning } from '@tollkeeper/contracts';
import { newId, Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { LeftOpenLines } from './left-open.service';
import { NetworkCaseRepository } from './network-case.repository';
import { NetworkOrderRepository } from './network-order.repository';
import type { NetworkOrderRow } from './network-order.schema';
import { NetworkRepository } from './network.repository';
import { cardsOf, planOrders, type WantedSim } from './plan-orders';

export type { WantedSim } from './plan-orders';

interface NetworkOutcome {
  key: string;
  /** An order that a later one of the same SIM replaced has the later one's outcome. */
  state: 'pending' | 'confirmed' | 'refused';
  detail: string;
}

/** Orders that replaced one another are followed this far. */
const longestChain = 50;

/** The door to the network for everything in customers: orders are placed here and carried by `provisioning`. */
@Injectable()
export class NetworkOrders {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly orders: NetworkOrderRepository,
    private readonly network: NetworkRepository,
    private readonly cases: NetworkCaseRepository,
    private readonly lines: LeftOpenLines,
  ) {}

  /** In the caller's transaction: nothing leaves before it commits, and a key that is known is left alone. */
  async place(tenantId: string, at: Instant, wanted: WantedSim[]): Promise<void> {
    if (wanted.length === 0) return;
    await this.db.transaction(async () => {
      const keys = wanted.map(({ key }) => key);
      const known = new Set((await this.orders.findMany(tenantId, keys)).map(({ key }) => key));
      const fresh = wanted.filter(({ key }) => !known.has(key));
      if (fresh.length > 0) await this.placeFresh(tenantId, at, fresh);
    });
  }

  async outcomeOf(tenantId: string, keys: string[]): Promise<NetworkOutcome[]> {
    const latest = new Map(keys.map((key) => [key, key]));
    const rows = new Map<string, NetworkOrderRow>();
    for (let step = 0; step < longestChain; step++) {
      const asked = [...new Set(latest.values())].filter((key) => !rows.has(key));
      if (asked.length === 0) break;
      for (const row of await this.orders.findMany(tenantId, asked)) rows.set(row.key, row);
      for (const [key, now] of latest) latest.set(key, rows.get(now)?.replacedBy ?? now);
    }
    return keys.map((key) => outcome(key, rows.get(latest.get(key) ?? key)));
  }

  /** Wakes whoever waits for these orders; in the transaction that stored their answers. */
  async tellWaiting(tenantId: string, at: Instant, orders: NetworkOrderRow[]): Promise<void> {
    const waiting = new Set(orders.flatMap(({ notify }) => notify));
    for (const processId of waiting)
      await this.outbox.signal(tenantId, processId, networkAnswered, { eventId: newId('evt'), at });
  }

  private async placeFresh(tenantId: string, at: Instant, wanted: WantedSim[]): Promise<void> {
    const iccids = [
      ...new Set(wanted.flatMap(({ iccid, replaces }) => [iccid, ...(replaces ? [replaces] : [])])),
    ];
    const leftOpen = await this.lines.of(tenantId, wanted);
    const open = await this.orders.openOf(tenantId, iccids);
    const cards = [...new Set([...iccids, ...open.flatMap(cardsOf)])];
    const states = await this.network.findStates(tenantId, cards);
    const plan = planOrders(wanted, { tenantId, at, states, open, leftOpen });
    await this.orders.updateOpen(
      tenantId,
      plan.superseded.map(({ key, replacedBy }) => ({
        key,
        change: { state: 'superseded', replacedBy, notify: [] },
      })),
    );
    await this.orders.insertMany(tenantId, plan.orders);
    await this.network.saveStates(tenantId, plan.states);
    await this.cases.follow(
      tenantId,
      plan.orders.flatMap(({ iccid, replaces, key }) =>
        [{ iccid }, ...replaces].map((card) => ({ iccid: card.iccid, key })),
      ),
    );
    const refused = plan.orders.filter(({ state }) => state === 'refused');
    await this.openRefusals(tenantId, at, refused);
    if (plan.orders.some(({ state }) => state === 'toSend')) await this.wakeSweeper(tenantId, at);
  }

  async openRefusals(tenantId: string, at: Instant, refused: NetworkOrderRow[]): Promise<void> {
    await this.cases.open(
      tenantId,
      refused.map(({ iccid, subscriptionId, accountId, key, detail }) => ({
        kind: 'refused',
        iccid,
        subscriptionId,
        accountId,
        orderKey: key,
        detail,
        openedAt: at,
      })),
    );
    await this.tellWaiting(tenantId, at, refused);
  }

  /** Signal before start: a sweeper that is about to end looks again, one that has ended is started. */
  private async wakeSweeper(tenantId: string, at: Instant): Promise<void> {
    await this.outbox.signal(tenantId, provisioning.id({ tenantId, at }), ordersPlaced, {
      eventId: newId('evt'),
      at,
    });
    await this.outbox.start(provisioning, [{ tenantId, at }]);
  }
}

function outcome(key: string, row: NetworkOrderRow | undefined): NetworkOutcome {
  if (row?.state !== 'confirmed' && row?.state !== 'refused')
    return { key, state: 'pending', detail: row?.detail ?? '' };
  const instead = row.key === key ? '' : ` (by the later order ${row.key})`;
  return { key, state: row.state, detail: `${row.detail}${instead}`.trim() };
}
