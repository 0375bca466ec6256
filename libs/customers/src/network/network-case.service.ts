import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  AuditLog,
  BusinessClock,
  conflict,
  notFound,
  type Page,
  pageOf,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { type CaseFilter, NetworkCaseRepository } from './network-case.repository';
import type { NetworkCaseRow } from './network-case.schema';
import { NetworkOrderRepository } from './network-order.repository';
import type { NetworkOrderRow } from './network-order.schema';
import { NetworkOrders } from './network-orders.service';
import { NetworkRepository } from './network.repository';
import { OurSims } from './our-sims.service';
import { wantedOf } from './reconciliation.service';

/** What people do about a SIM that the network and we do not agree on. */
@Injectable()
export class NetworkCaseService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly cases: NetworkCaseRepository,
    private readonly orders: NetworkOrderRepository,
    private readonly placing: NetworkOrders,
    private readonly network: NetworkRepository,
    private readonly sims: OurSims,
  ) {}

  async page(
    tenantId: string,
    query: CaseFilter & { limit: number; startingAfter?: string },
  ): Promise<Page<NetworkCaseRow>> {
    return pageOf(await this.cases.page(tenantId, { ...query, limit: query.limit + 1 }), query.limit);
  }

  async get(tenantId: string, caseId: string): Promise<NetworkCaseRow> {
    const found = await this.cases.find(tenantId, caseId);
    if (!found) throw notFound('network case', caseId);
    return found;
  }

  /** Orders anew what we want of the SIM; a ghost is taken out of service. The case ends when the network confirms. */
  async retry(principal: Principal, caseId: string, reason: string): Promise<NetworkCaseRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    await this.db.transaction(async () => {
      const { kind, iccid, retries } = await this.open(tenantId, caseId);
      const ours = await this.sims.one(tenantId, iccid, at);
      const served =
        kind === 'ghostSim' && ours && ours.standing !== 'ended' && ours.desired !== 'deactivated';
      if (served)
        throw conflict(
          'simInService',
          `SIM ${iccid} is in service of ${ours.subscriptionId} by now.`,
          'Resolve the case instead.',
        );
      const gone = kind === 'ghostSim' ? { desired: 'deactivated' as const } : {};
      const key = `${caseId}/retry/${retries + 1}`;
      await this.cases.countRetry(tenantId, caseId);
      await this.placing.place(tenantId, at, [{ key, ...wantedOf(iccid, ours), ...gone }]);
      await this.audit.record(principal, {
        ...{ at, what: 'retryNetworkCase', entity: caseId, reason },
        after: { orderKey: key },
      });
    });
    return this.get(tenantId, caseId);
  }

  /** Ends a case by hand. Where an order is not confirmed, only with the word that the network has it done. */
  async resolve(
    principal: Principal,
    caseId: string,
    { reason, doneAtNetwork }: { reason: string; doneAtNetwork: boolean },
  ): Promise<NetworkCaseRow> {
    const { tenantId, name } = principal;
    const at = await this.clock.now(tenantId);
    await this.db.transaction(async () => {
      const { orderKey } = await this.open(tenantId, caseId);
      const order = orderKey ? (await this.orders.findMany(tenantId, [orderKey]))[0] : undefined;
      if (order && order.state !== 'confirmed') {
        if (!doneAtNetwork)
          throw conflict(
            'orderNotConfirmed',
            `The network has not confirmed that SIM ${order.iccid} is ${order.desired}.`,
            'Retry the case, or resolve it with doneAtNetwork: true once you have made sure at the network.',
          );
        await this.confirmByHand(tenantId, at, order, name);
      }
      const ending = { resolvedAt: at, resolvedBy: name, reason };
      await this.cases.resolve(tenantId, { _id: caseId }, ending);
      // Whatever else was open about the SIM waited for the same order.
      if (orderKey && doneAtNetwork)
        await this.cases.resolve(tenantId, { orderKey: { $in: [orderKey] } }, ending);
      await this.audit.record(principal, {
        ...{ at, what: 'resolveNetworkCase', entity: caseId, reason },
        after: { doneAtNetwork },
      });
    });
    return this.get(tenantId, caseId);
  }

  private async confirmByHand(tenantId: string, at: Instant, order: NetworkOrderRow, name: string) {
    await this.orders.update(tenantId, order.key, {
      ...{ state: 'confirmed', answeredAt: at, nextAskAt: null },
      detail: `confirmed by hand: ${name}`,
    });
    await this.network.confirm(tenantId, [order], at);
    await this.placing.tellWaiting(tenantId, at, [order]);
  }

  private async open(tenantId: string, caseId: string): Promise<NetworkCaseRow> {
    const found = await this.get(tenantId, caseId);
    if (found.state === 'open') return found;
    throw conflict(
      'caseResolved',
      `Case ${caseId} was resolved at ${found.resolvedAt} by ${found.resolvedBy}.`,
    );
  }
}
