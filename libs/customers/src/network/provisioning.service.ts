import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { NetworkActivities } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { TimelineRepository } from '../accounts/timeline.repository';
import { isOverdue, nextAskAt } from '../domain/acknowledgement-pauses';
import { NetworkCaseRepository } from './network-case.repository';
import { NetworkOrderRepository } from './network-order.repository';
import type { NetworkOrderRow } from './network-order.schema';
import { NetworkOrders } from './network-orders.service';
import { NetworkRepository } from './network.repository';
import { NetworkSettingsRepository } from './network-settings.repository';
import { NetworkAway, type OrderAnswer, type Provisioning, provisioningEdge } from './provisioning-network';

type Answer = Pick<OrderAnswer, 'detail'> & { state: OrderAnswer['state'] | 'away' };

/** Carries orders to the network and writes down what it says. */
@Injectable()
export class ProvisioningService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly placing: NetworkOrders,
    private readonly orders: NetworkOrderRepository,
    private readonly network: NetworkRepository,
    private readonly cases: NetworkCaseRepository,
    private readonly settings: NetworkSettingsRepository,
    private readonly timeline: TimelineRepository,
    @Inject(provisioningEdge) private readonly provisioning: Provisioning,
  ) {}

  async work({ tenantId, at, limit }: Parameters<NetworkActivities['workProvisioning']>[0]): Promise<{
    more: boolean;
    nextAt: Instant | null;
  }> {
    const due = await this.orders.due(tenantId, at, limit);
    if (due.length > 0) {
      const answers = await this.ask(tenantId, at, due);
      await this.db.transaction(() => this.store(tenantId, at, answers));
    }
    const next = await this.orders.nextDue(tenantId);
    const more = next !== null && (next.nextAskAt === null || next.nextAskAt <= at);
    return { more, nextAt: next?.nextAskAt ?? (next ? at : null) };
  }

  private async ask(tenantId: string, at: Instant, due: NetworkOrderRow[]): Promise<Map<string, Answer>> {
    const toSend = due.filter(({ state }) => state === 'toSend');
    const accepted = due.filter(({ state }) => state === 'accepted').map(({ key }) => key);
    const sent = await orAway(
      toSend.map(({ key }) => key),
      () => this.provisioning.send(tenantId, at, toSend.map(simOrder)),
    );
    const isAway = sent.some(([, { state }]) => state === 'away');
    const asked = await orAway(accepted, () =>
      isAway
        ? Promise.reject(new NetworkAway('the network was away a moment ago'))
        : this.provisioning.askFor(tenantId, at, accepted),
    );
    return new Map([...sent, ...asked]);
  }

  /** Orders that were superseded while the network was asked are nobody's any more. */
  private async store(tenantId: string, at: Instant, answers: ReadonlyMap<string, Answer>): Promise<void> {
    const open = (await this.orders.findMany(tenantId, [...answers.keys()])).filter(
      ({ state }) => state === 'toSend' || state === 'accepted',
    );
    const answered = (...states: Answer['state'][]) =>
      open.filter(({ key }) => states.includes(answers.get(key)?.state ?? 'unknown'));
    const detailOf = ({ key }: NetworkOrderRow) => answers.get(key)?.detail ?? '';
    const refused = answered('refused').map((row) => ({ ...row, detail: detailOf(row) }));
    await this.confirm(tenantId, at, answered('acknowledged'));
    await this.orders.updateOpen(
      tenantId,
      refused.map(({ key, detail }) => ({
        key,
        change: { state: 'refused', answeredAt: at, nextAskAt: null, detail },
      })),
    );
    await this.placing.openRefusals(tenantId, at, refused);
    await this.tell(tenantId, at, 'networkRefused', refused);
    const waiting = answered('accepted', 'away', 'unknown');
    await this.wait(
      tenantId,
      at,
      waiting.map((row) => ({
        ...row,
        detail: detailOf(row),
        state: waitingState(row, answers.get(row.key)),
      })),
    );
  }

  private async confirm(tenantId: string, at: Instant, orders: NetworkOrderRow[]): Promise<void> {
    if (orders.length === 0) return;
    await this.orders.updateOpen(
      tenantId,
      orders.map(({ key, tries }) => ({
        key,
        change: { state: 'confirmed', answeredAt: at, nextAskAt: null, detail: '', tries: tries + 1 },
      })),
    );
    await this.network.confirm(tenantId, orders, at);
    await this.cases.resolve(
      tenantId,
      { orderKey: { $in: orders.map(({ key }) => key) } },
      { resolvedAt: at, resolvedBy: 'network', reason: 'the network confirmed the order' },
    );
    await this.placing.tellWaiting(tenantId, at, orders);
  }

  /** Beyond the operator's limit a person has to know; the network is asked further all the same. */
  private async wait(tenantId: string, at: Instant, orders: NetworkOrderRow[]): Promise<void> {
    if (orders.length === 0) return;
    const { acknowledgeWithinHours: limitHours } = await this.settings.get(tenantId);
    await this.orders.updateOpen(
      tenantId,
      orders.map(({ key, state, placedAt, tries, detail }) => ({
        key,
        change: {
          ...{ state, detail, tries: tries + 1 },
          nextAskAt: nextAskAt({ placedAt, tries: tries + 1, at, limitHours }),
        },
      })),
    );
    const overdue = orders.filter(({ placedAt }) => isOverdue({ placedAt, at, limitHours }));
    const known = new Set(
      (
        await this.cases.openOf(
          tenantId,
          overdue.map(({ iccid }) => iccid),
        )
      )
        .filter(({ kind }) => kind === 'acknowledgementMissing')
        .map(({ iccid }) => iccid),
    );
    const fresh = overdue.filter(({ iccid }) => !known.has(iccid));
    await this.cases.open(
      tenantId,
      fresh.map(({ iccid, subscriptionId, accountId, key, placedAt, detail }) => ({
        kind: 'acknowledgementMissing',
        ...{ iccid, subscriptionId, accountId, orderKey: key },
        detail: `ordered at ${placedAt}, not acknowledged within ${limitHours} hours: ${detail}`,
        openedAt: at,
      })),
    );
    await this.tell(tenantId, at, 'networkSilent', fresh);
  }

  private tell(tenantId: string, at: Instant, what: string, orders: NetworkOrderRow[]): Promise<void> {
    const entries = orders.flatMap(({ accountId, iccid, desired, detail }) =>
      accountId ? [{ accountId, at, what, details: { iccid, desired, detail } }] : [],
    );
    return this.timeline.record(tenantId, entries);
  }
}

/** An order that the network took and does not know any more is sent again, under its key. */
function waitingState({ state }: NetworkOrderRow, answer: Answer | undefined): NetworkOrderRow['state'] {
  if (answer?.state === 'accepted') return 'accepted';
  return answer?.state === 'unknown' ? 'toSend' : state;
}

const simOrder = (row: NetworkOrderRow) => {
  const { key, kind, iccid, desired, imsi, msisdn, replaces, keepOpen, services, sequence } = row;
  return { key, kind, iccid, state: desired, imsi, msisdn, replaces, keepOpen, services, sequence };
};

/** A network that is away has said nothing of any of them. */
async function orAway(keys: string[], call: () => Promise<OrderAnswer[]>): Promise<[string, Answer][]> {
  if (keys.length === 0) return [];
  try {
    const answers = new Map((await call()).map((answer) => [answer.key, answer]));
    return keys.map((key) => [key, answers.get(key) ?? { state: 'away', detail: 'the network left it out' }]);
  } catch (error) {
    if (!(error instanceof NetworkAway)) throw error;
    const away: Answer = { state: 'away', detail: error.message };
    return keys.map((key) => [key, away]);
  }
}
