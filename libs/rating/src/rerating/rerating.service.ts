import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { rerating, type ReratingProgress } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  newId,
  notFound,
  Outbox,
  type Principal,
  refusal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import type { CompiledCatalog } from '@tollkeeper/tariff';
import { AccountRepository } from '../accounts/account.repository';
import { ChargingPeriodRepository } from '../periods/charging-period.repository';
import { PublicationService } from '../publications/publication.service';
import { ReratingRepository } from './rerating.repository';
import type { ReratingRow, ReratingScope, ReratingSumRow } from './rerating.schema';
import { isAskedFor, noReratingCounts, sumRerating } from './sum-rerating';
import { UsageCorrectionService } from './usage-correction.service';
import { UsageImportRepository } from '../imports/usage-import.repository';

const periodsPerStep = 20;

interface ReratingRequest {
  scope: ReratingScope;
  from: Instant;
  to: Instant;
  reason: string;
  dryRun: boolean;
}

export interface ReratingStep {
  tenantId: string;
  reratingId: string;
  at: Instant;
  budgetMs: number;
}

/** Rates periods again with the plans and decks that are in force now for their time, and posts the difference. */
@Injectable()
export class ReratingService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly reratings: ReratingRepository,
    private readonly accounts: AccountRepository,
    private readonly imports: UsageImportRepository,
    private readonly chargingPeriods: ChargingPeriodRepository,
    private readonly corrections: UsageCorrectionService,
    private readonly publications: PublicationService,
  ) {}

  async request(
    principal: Principal,
    { scope, from, to, reason, dryRun }: ReratingRequest,
    at: Instant,
  ): Promise<ReratingRow> {
    const { tenantId } = principal;
    if (from >= to)
      throw badInput('to', 'The period ends before it begins.', '`from` is inside, `to` is not.');
    const row: ReratingRow = {
      _id: newId('rer'),
      scope,
      payerIds: await this.payersOf(tenantId, scope),
      from,
      to,
      reason,
      dryRun,
      state: 'running',
      cause: null,
      requestedAt: at,
      requestedBy: `${principal.kind}:${principal.subject}`,
      after: `${tenantId}/`,
      counts: noReratingCounts,
    };
    await this.db.transaction(async () => {
      await this.reratings.insert(tenantId, row);
      await this.outbox.start(rerating, [{ tenantId, at, reratingId: row._id }]);
      const after = { ...scope, from, to, dryRun };
      await this.audit.record(principal, { at, what: 'rerateUsage', entity: row._id, after, reason });
    });
    return row;
  }

  async load(tenantId: string, reratingId: string): Promise<ReratingRow> {
    const row = await this.reratings.byId(tenantId, reratingId);
    if (!row) throw notFound('rerating', reratingId);
    return row;
  }

  async list(tenantId: string, startingAfter: string | undefined, limit: number): Promise<ReratingRow[]> {
    const after = startingAfter === undefined ? null : await this.load(tenantId, startingAfter);
    return this.reratings.list(tenantId, after, limit);
  }

  async sums(
    tenantId: string,
    reratingId: string,
    kind: ReratingSumRow['kind'],
    page: { startingAfter?: string; limit: number },
  ): Promise<ReratingSumRow[]> {
    await this.load(tenantId, reratingId);
    return this.reratings.sumsOf(tenantId, reratingId, kind, page);
  }

  /** Goes on behind the last period, step by step; each step is one transaction with its place and its sums. */
  async rerate({ tenantId, reratingId, at, budgetMs }: ReratingStep): Promise<ReratingProgress> {
    const catalog = await this.publications.catalog(tenantId);
    const startedMs = performance.now();
    let row = await this.standing(tenantId, reratingId);
    while (row.state === 'running') {
      const next = await this.db.transaction(() => this.step(tenantId, reratingId, catalog, at));
      row = next.row;
      if (next.isLast) {
        await this.reratings.end(tenantId, reratingId, 'completed', null);
        return { reratingId, done: true, counts: row.counts };
      }
      if (performance.now() - startedMs >= budgetMs) return { reratingId, done: false, counts: row.counts };
    }
    return { reratingId, done: true, counts: row.counts };
  }

  async fail(tenantId: string, reratingId: string, reason: string): Promise<void> {
    await this.reratings.end(tenantId, reratingId, 'failed', reason);
  }

  private async step(
    tenantId: string,
    reratingId: string,
    catalog: CompiledCatalog,
    at: Instant,
  ): Promise<{ row: ReratingRow; isLast: boolean }> {
    const row = await this.standing(tenantId, reratingId);
    const periods = await this.chargingPeriods.page(
      tenantId,
      { accountIds: row.payerIds, endingAfter: row.from, after: row.after },
      periodsPerStep,
    );
    const last = periods[periods.length - 1];
    if (!last) return { row, isLast: true };
    const order = { tenantId, catalog, versions: 'inForce' as const, replaced: new Map() };
    const again = (await this.corrections.again(order, periods)).filter(({ rows }) =>
      rows.some((each) => isAskedFor(row, each)),
    );
    const { counts, sums } = sumRerating(again);
    if (!row.dryRun) {
      const cause = { kind: 'rerating' as const, id: reratingId };
      await this.corrections.post(tenantId, again, { cause, reason: row.reason, at });
    }
    await this.reratings.addSums(tenantId, reratingId, sums);
    const moved = await this.reratings.advance(tenantId, row, last._id, counts);
    return { row: moved, isLast: periods.length < periodsPerStep };
  }

  private async standing(tenantId: string, reratingId: string): Promise<ReratingRow> {
    const row = await this.reratings.byId(tenantId, reratingId);
    if (!row) throw refusal('reratingUnknown', `There is no rerating ${reratingId}.`);
    return row;
  }

  /** Who pays for what is named; a name that is not here is a mistake of the request. */
  private async payersOf(
    tenantId: string,
    { accountIds, subscriptionIds, importId }: ReratingScope,
  ): Promise<string[] | null> {
    if (importId && !(await this.imports.byId(tenantId, importId))) throw notFound('usage import', importId);
    const named = accountIds && (await this.accounts.byIds(tenantId, accountIds));
    refuseUnknown(
      'accountIds',
      accountIds,
      named?.map(({ accountId }) => accountId),
    );
    const holders = subscriptionIds && (await this.accounts.ofSubscriptions(tenantId, subscriptionIds));
    const held = holders?.flatMap(({ subscriptions }) => subscriptions.map((each) => each.subscriptionId));
    refuseUnknown('subscriptionIds', subscriptionIds, held);
    const payers = named ?? holders;
    return payers ? payers.map(({ accountId }) => accountId) : null;
  }
}

function refuseUnknown(
  field: string,
  wanted: readonly string[] | undefined,
  found: readonly string[] = [],
): void {
  const missing = wanted?.find((id) => !found.includes(id));
  if (missing !== undefined)
    throw badInput(
      field,
      `${missing} is not here.`,
      'Ids are those that customers shows; new ones take a moment to arrive.',
    );
}
