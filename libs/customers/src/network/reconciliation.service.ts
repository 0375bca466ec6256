import { Inject, Injectable } from '@nestjs/common';
import { addDays, atLocalTime, type Instant, localDateOf } from '@tollkeeper/calendar';
import { type NetworkActivities, networkReconciliation, reconciliationWanted } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  newId,
  Outbox,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { TenantService } from '../copies/tenant.service';
import { isOverdue, nextAskAt } from '../domain/acknowledgement-pauses';
import { compareSims, type OurSim, type SimDifference } from '../domain/network-differences';
import { NetworkCaseRepository } from './network-case.repository';
import { NetworkOrders } from './network-orders.service';
import { NetworkSettingsRepository } from './network-settings.repository';
import { iccidsIn, OurSims, type SimRange } from './our-sims.service';
import { NetworkAway, type NetworkSim, type Provisioning, provisioningEdge } from './provisioning-network';
import { ReconciliationRepository } from './reconciliation.repository';
import type { ReconciliationRow } from './reconciliation.schema';

type InputOf<Name extends keyof NetworkActivities> = Parameters<NetworkActivities[Name]>[0];
type ResultOf<Name extends keyof NetworkActivities> = ReturnType<NetworkActivities[Name]>;

/** A run whose network is away this long is given up; the next day has its own. */
const giveUpAfterHours = 4;

/** Compares the network's own list of SIMs with ours, page by page, and says what differs. */
@Injectable()
export class ReconciliationService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly tenants: TenantService,
    private readonly settings: NetworkSettingsRepository,
    private readonly runs: ReconciliationRepository,
    private readonly sims: OurSims,
    private readonly orders: NetworkOrders,
    private readonly cases: NetworkCaseRepository,
    @Inject(provisioningEdge) private readonly provisioning: Provisioning,
  ) {}

  /** One at a time: whoever asks while one is under way gets that one. */
  async want(principal: Principal, reason: string): Promise<ReconciliationRow> {
    const { tenantId, name } = principal;
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      const open = await this.runs.findOpen(tenantId);
      if (open) return open;
      const runId = newId('rec');
      await this.runs.insert(tenantId, runId, { wantedBy: name, wantedAt: at });
      await this.audit.record(principal, { at, what: 'reconcileNetwork', entity: runId, reason });
      await this.wake(tenantId, at);
      return (await this.runs.find(tenantId, runId)) as ReconciliationRow;
    });
  }

  /** Signal before start: a process that is about to end looks again, one that has ended is started. */
  async wake(tenantId: string, at: Instant): Promise<void> {
    await this.outbox.signal(tenantId, networkReconciliation.id({ tenantId, at }), reconciliationWanted, {
      eventId: newId('evt'),
      at,
    });
    await this.outbox.start(networkReconciliation, [{ tenantId, at }]);
  }

  /** A day that was missed is caught up once, by the run of today. */
  async next({ tenantId, at }: InputOf<'nextReconciliation'>): ResultOf<'nextReconciliation'> {
    const open = await this.runs.findOpen(tenantId);
    if (open) return { run: { runId: open.runId, after: open.after }, nextAt: null };
    const { reconcileDailyAt } = await this.settings.get(tenantId);
    if (reconcileDailyAt === null) return { run: null, nextAt: null };
    const { zone } = await this.tenants.get(tenantId);
    const today = localDateOf(at, zone);
    const dueAt = atLocalTime(today, reconcileDailyAt, zone);
    if (at < dueAt) return { run: null, nextAt: dueAt };
    if (await this.runs.find(tenantId, today))
      return { run: null, nextAt: atLocalTime(addDays(today, 1), reconcileDailyAt, zone) };
    await this.runs.insert(tenantId, today, { wantedBy: 'daily', wantedAt: at });
    return { run: { runId: today, after: null }, nextAt: null };
  }

  async page(input: InputOf<'reconcileNetworkPage'>): ResultOf<'reconcileNetworkPage'> {
    const { tenantId, runId, after, limit, at } = input;
    const run = await this.runs.find(tenantId, runId);
    if (!run || run.endedAt !== null) return { next: null, retryAt: null };
    const listed = await this.provisioning.list(tenantId, at, { after, limit }).catch((error: unknown) => {
      if (error instanceof NetworkAway) return error;
      throw error;
    });
    if (listed instanceof NetworkAway) return this.putOff(tenantId, run, at, listed.message);
    const upTo = listed.hasMore ? (listed.sims.at(-1)?.iccid ?? null) : null;
    const range = { after, upTo };
    const ours = await this.sims.between(tenantId, range, at);
    const found = compareSims(listed.sims, ours);
    return this.db.transaction(async () => {
      const current = await this.runs.find(tenantId, runId);
      // This page was written before; its answer got lost.
      if (!current || current.endedAt !== null) return { next: null, retryAt: null };
      if (current.after !== after) return { next: current.after, retryAt: null };
      await this.store({ tenantId, runId, at }, range, ours, found);
      const counts = counted(current, listed.sims, ours, found);
      const ended = upTo === null ? { state: 'done' as const, endedAt: at } : { state: 'running' as const };
      await this.runs.update(tenantId, runId, { after: upTo ?? after, counts, detail: '', ...ended });
      return { next: upTo, retryAt: null };
    });
  }

  private async putOff(tenantId: string, run: ReconciliationRow, at: Instant, detail: string) {
    const tries = run.tries + 1;
    const asking = { placedAt: run.wantedAt, tries, at, limitHours: giveUpAfterHours };
    const over = isOverdue(asking);
    const change = over ? { state: 'failed' as const, endedAt: at } : { state: 'running' as const };
    await this.runs.update(tenantId, run.runId, { tries, detail, ...change });
    return over ? { next: null, retryAt: null } : { next: run.after, retryAt: nextAskAt(asking) };
  }

  /** Opens cases for what was found, ends those that are no longer so, and orders anew what differs. */
  private async store(
    { tenantId, runId, at }: { tenantId: string; runId: string; at: Instant },
    range: SimRange,
    ours: OurSim[],
    found: SimDifference[],
  ) {
    const earlier = await this.cases.openBetween(
      tenantId,
      ['ghostSim', 'orphanSim', 'stateDiffers'],
      iccidsIn(range),
    );
    const underWay = new Set(
      ours.filter(({ standing }) => standing === 'unsettled').map(({ iccid }) => iccid),
    );
    const still = new Set(found.map(({ kind, iccid }) => `${kind}/${iccid}`));
    for (const { _id, kind, iccid } of earlier) {
      if (still.has(`${kind}/${iccid}`) || underWay.has(iccid)) continue;
      const ending = { resolvedAt: at, resolvedBy: 'reconciliation', reason: `no longer so on ${runId}` };
      await this.cases.resolve(tenantId, { _id }, ending);
    }
    const repaired = found.filter(({ kind }) => kind === 'stateDiffers');
    const keyOf = (iccid: string) => `reconciliation/${runId}/${iccid}`;
    await this.orders.place(
      tenantId,
      at,
      repaired.map(({ iccid, ours: own }) => ({ key: keyOf(iccid), ...wantedOf(iccid, own) })),
    );
    await this.cases.open(
      tenantId,
      found.map(({ kind, iccid, ours: own, detail }) => ({
        kind,
        iccid,
        subscriptionId: own?.subscriptionId ?? null,
        accountId: own?.accountId ?? null,
        orderKey: kind === 'stateDiffers' ? keyOf(iccid) : null,
        detail,
        openedAt: at,
      })),
    );
  }
}

/** What is ordered anew for a SIM of ours: all that we hold of it. */
export const wantedOf = (iccid: string, ours: OurSim | null) => ({
  iccid,
  subscriptionId: ours?.subscriptionId ?? null,
  accountId: ours?.accountId ?? null,
  desired: ours?.desired ?? ('active' as const),
  imsi: ours?.imsis[0],
  msisdn: ours?.msisdns[0],
});

function counted(
  { counts }: ReconciliationRow,
  listed: NetworkSim[],
  ours: OurSim[],
  found: SimDifference[],
): ReconciliationRow['counts'] {
  const of = (kind: SimDifference['kind']) => found.filter((each) => each.kind === kind).length;
  return {
    listed: counts.listed + listed.length,
    ours: counts.ours + ours.filter(({ standing }) => standing === 'live').length,
    ghostSims: counts.ghostSims + of('ghostSim'),
    orphanSims: counts.orphanSims + of('orphanSim'),
    differing: counts.differing + of('stateDiffers'),
  };
}
