import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type IdentifierKind, orderProcessIdOf, type SimState } from '@tollkeeper/contracts';
import { conflict } from '@tollkeeper/platform';
import type { AssignmentRow } from '../identifiers/assignment.schema';
import { accountStateOf } from '../domain/network-state';
import { simStateOf } from '../domain/sim-state';
import { NetworkRepository } from '../network/network.repository';
import { NetworkOrders, type WantedSim } from '../network/network-orders.service';
import type { OrderRow } from './order.schema';
import { done, type StepContext, type StepHandler, type StepResult, wantedOf } from './step-handler';
import { type SubscriptionFacts, SubscriptionFactsService } from './subscription-facts.service';

type Sim = Omit<WantedSim, 'key' | 'notify' | 'subscriptionId' | 'accountId'>;
type Held = Pick<AssignmentRow, 'kind' | 'value'>[];

interface Found extends SubscriptionFacts {
  order: OrderRow;
  held: Held;
}

const valueOf = (held: Held, kind: IdentifierKind): string | undefined =>
  held.find((each) => each.kind === kind)?.value;

const simsOf = (held: Held, desired: SimState): Sim[] =>
  held.filter(({ kind }) => kind === 'iccid').map(({ value }) => ({ iccid: value, desired }));

const named = (held: Held): Pick<Sim, 'imsi' | 'msisdn'> => {
  const [imsi, msisdn] = [valueOf(held, 'imsi'), valueOf(held, 'msisdn')];
  return { ...(imsi ? { imsi } : {}), ...(msisdn ? { msisdn } : {}) };
};

const stateOf = ({ subscription, account }: Found): SimState =>
  simStateOf(subscription, accountStateOf(account));

/** Steps that the network has to answer. One that is undone gives its SIM back the state that the rows say. */
@Injectable()
export class NetworkSteps {
  readonly steps: Record<string, StepHandler> = {
    provision: {
      take: (context) => this.ask(context, this.newSims(context.order, 'active')),
      undo: (context) => this.takeBack(context, this.newSims(context.order, 'deactivated')),
    },
    suspendInNetwork: this.ofLive(
      ({ held }) => simsOf(held, 'suspended'),
      (found) => simsOf(found.held, stateOf(found)),
    ),
    restoreInNetwork: this.ofLive(
      ({ held, subscription, account }) =>
        simsOf(held, simStateOf({ ...subscription, suspendedSince: null }, accountStateOf(account))),
      (found) => simsOf(found.held, stateOf(found)),
    ),
    changeNumberInNetwork: this.ofLive(
      (found) => withNumber(found, valueOf(wantedOf(found.order, 'identifiers'), 'msisdn')),
      (found) => withNumber(found, valueOf(found.held, 'msisdn')),
    ),
    swapInNetwork: this.ofLive(
      (found) => swapped(found, found.held, wantedOf(found.order, 'identifiers')),
      (found) => swapped(found, wantedOf(found.order, 'identifiers'), found.held),
    ),
    disconnect: this.ofLive(
      ({ held }) => simsOf(held, 'deactivated'),
      (found) => simsOf(found.held, stateOf(found)),
    ),
  };

  constructor(
    private readonly network: NetworkOrders,
    private readonly states: NetworkRepository,
    private readonly facts: SubscriptionFactsService,
  ) {}

  /**
   * The SIMs that a service leaves behind: nobody waits for the network to take them out. Also where the order has
   * disconnected them already: a payment may have ordered them back to life meanwhile.
   */
  async deactivate(
    tenantId: string,
    at: Instant,
    order: OrderRow,
    { subscription }: SubscriptionFacts,
  ): Promise<void> {
    const held = await this.facts.identifiersOf(tenantId, subscription, at);
    const { _id: subscriptionId, accountId } = subscription;
    const wanted = simsOf(held, 'deactivated');
    const iccids = wanted.map(({ iccid }) => iccid);
    const done = (await this.states.findStates(tenantId, iccids)).filter(
      ({ desired }) => desired === 'deactivated',
    );
    const out = new Set(done.map(({ iccid }) => iccid));
    const alive = wanted.filter(({ iccid }) => !out.has(iccid));
    const sims = alive.map((sim) => ({
      ...{ ...sim, key: `${order._id}/end/${sim.iccid}` },
      ...{ subscriptionId, accountId },
    }));
    if (sims.length > 0) await this.network.place(tenantId, at, sims);
  }

  private ofLive(sims: (found: Found) => Sim[], before: (found: Found) => Sim[]): StepHandler {
    return {
      take: async (context) => {
        const { tenantId, order } = context;
        const live = await this.facts.live(tenantId, order.subscriptionId);
        return this.ask(context, sims(await this.found(context, live)));
      },
      undo: async (context) => {
        const known = await this.facts.load(context.tenantId, context.order.subscriptionId);
        await this.takeBack(context, before(await this.found(context, known)));
      },
    };
  }

  private async found({ tenantId, at, order }: StepContext, facts: SubscriptionFacts): Promise<Found> {
    return { ...facts, order, held: await this.facts.identifiersOf(tenantId, facts.subscription, at) };
  }

  private newSims(order: OrderRow, desired: SimState): Sim[] {
    const identifiers = wantedOf(order, 'identifiers');
    return simsOf(identifiers, desired).map((sim) => ({ ...sim, ...named(identifiers) }));
  }

  /** Ordered once for each attempt; afterwards the network is asked what came of it. */
  private async ask({ tenantId, at, order, step }: StepContext, sims: Sim[]): Promise<StepResult> {
    if (step.state === 'waiting') return this.outcome(tenantId, step.networkKeys);
    if (sims.length === 0) return done;
    const { _id: orderId, subscriptionId, accountId } = order;
    const notify = { processId: orderProcessIdOf(tenantId, orderId) };
    const orders = sims.map((sim) => ({
      ...{ ...sim, key: `${orderId}/${step.step}/${step.attempt}/${sim.iccid}` },
      ...{ subscriptionId, accountId, notify },
    }));
    await this.network.place(tenantId, at, orders);
    return { state: 'waiting', error: 'the network', networkKeys: orders.map(({ key }) => key) };
  }

  private async outcome(tenantId: string, networkKeys: string[]): Promise<StepResult> {
    const outcomes = await this.network.outcomeOf(tenantId, networkKeys);
    const refused = outcomes.find(({ state }) => state === 'refused');
    if (refused) throw conflict('networkRefused', refused.detail || 'The network refused it.');
    const pending = outcomes.some(({ state }) => state === 'pending');
    return pending ? { state: 'waiting', error: 'the network', networkKeys } : done;
  }

  /** Not waited for: the order says what the SIM shall be, and is sent until the network has it. */
  private async takeBack({ tenantId, at, order, step }: StepContext, sims: Sim[]): Promise<void> {
    const { _id: orderId, subscriptionId, accountId } = order;
    const orders = sims.map((sim) => ({
      ...{ ...sim, key: `${orderId}/${step.step}/undo/${sim.iccid}` },
      ...{ subscriptionId, accountId },
    }));
    await this.network.place(tenantId, at, orders);
  }
}

const withNumber = (found: Found, msisdn: string | undefined): Sim[] =>
  simsOf(found.held, stateOf(found)).map((sim) => ({ ...sim, ...(msisdn ? { msisdn } : {}) }));

/** The new card takes the old one's place, and its number. */
function swapped(found: Found, from: Held, to: Held): Sim[] {
  const replaces = valueOf(from, 'iccid');
  const msisdn = valueOf(found.held, 'msisdn');
  return simsOf(to, stateOf(found)).map((sim) => ({
    ...{ ...sim, ...named(to) },
    ...(msisdn ? { msisdn } : {}),
    ...(replaces && replaces !== sim.iccid ? { replaces } : {}),
  }));
}
