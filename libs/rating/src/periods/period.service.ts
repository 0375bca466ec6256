import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { ClosePeriodInput, NamedPeriod, StorageRef } from '@tollkeeper/contracts';
import { ServiceDatabase, Storage } from '@tollkeeper/platform';
import { CyclePeriods, type RatedLine, totalsOf } from '@tollkeeper/tariff';
import { AccountRepository } from '../accounts/account.repository';
import { BillingPeriodRepository } from './billing-period.repository';
import { ChargingPeriodRepository } from './charging-period.repository';
import { withState } from './charging-period-state';
import type { ChargingPeriodRow } from './charging-period.schema';
import { restOfRow, restOrNone } from './period-rest';
import { groupsAt } from './groups-at';
import { lateOrInTime } from '../late-usage/late-or-in-time';
import { OnDemandClosingService } from './on-demand-closing.service';
import { PeriodRestService } from './period-rest.service';
import { PublicationService } from '../publications/publication.service';
import { ratedAgain } from '../rerating/refold';
import { RatedUsageNews } from '../usage/rated-usage-news.service';
import { type RefoldContext, RefoldService } from '../rerating/refold.service';
import { lineOf } from '../usage/usage-columns';
import { UsageCorrectionRepository } from '../rerating/usage-correction.repository';
import { UsageRepository } from '../usage/usage.repository';
import { UsageSessionService } from '../sessions/usage-session.service';

/** New records may make a period dirty between refolding and closing; more than a few times in a row is a fault. */
const mostRounds = 10;

type ClosingContext = ClosePeriodInput & RefoldContext;

/** Closes the periods of a bill-run's batch and hands over what they sum up to. */
@Injectable()
export class PeriodService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly storage: Storage,
    private readonly accounts: AccountRepository,
    private readonly publications: PublicationService,
    private readonly chargingPeriods: ChargingPeriodRepository,
    private readonly billingPeriods: BillingPeriodRepository,
    private readonly usages: UsageRepository,
    private readonly refolding: RefoldService,
    private readonly corrections: UsageCorrectionRepository,
    private readonly sessions: UsageSessionService,
    private readonly rests: PeriodRestService,
    private readonly news: RatedUsageNews,
    private readonly onDemand: OnDemandClosingService,
  ) {}

  async closePeriod(input: ClosePeriodInput): Promise<{ totals: StorageRef; records: number }> {
    const { tenantId, runId, batchNo, accountIds } = input;
    const done = input.preview ? null : await this.billingPeriods.closing(tenantId, runId, batchNo);
    if (done) return { totals: done.totals, records: done.records };
    const [accounts, catalog] = await Promise.all([
      this.accounts.byIds(tenantId, accountIds),
      this.publications.catalog(tenantId),
    ]);
    if (accounts.length < new Set(accountIds).size)
      throw new Error(`accounts of run ${runId}, batch ${batchNo} have not arrived here yet`);
    const context = {
      ...input,
      catalog,
      accounts: new Map(accounts.map((account) => [account.accountId, account])),
    };
    const lines = input.preview ? await this.previewLines(context) : await this.closedLines(context);
    const handedOver = await this.handOver(context, lines);
    if (!input.preview) await this.billingPeriods.keepClosing(tenantId, batchNo, { runId, ...handedOver });
    return handedOver;
  }

  /** Periods that the run took and no invoice names are open again, with all that came late meanwhile still behind them. */
  async reopenPeriods(
    tenantId: string,
    runId: string,
    accountIds: string[] | null,
  ): Promise<{ periods: number }> {
    return this.db.transaction(async () => {
      const unnamed = await this.billingPeriods.unnamed(tenantId, runId, accountIds);
      const taken = await this.chargingPeriods.takenBy(tenantId, runId, accountIds);
      const billed = new Set(
        (await this.billingPeriods.named(tenantId, runId, accountIds)).map(({ accountId }) => accountId),
      );
      const open = taken.filter(({ accountId }) => !billed.has(accountId));
      await this.chargingPeriods.save(
        tenantId,
        open.map((row) => ({ ...row, closedBy: null, rest: null })),
      );
      if (accountIds === null) await this.billingPeriods.forgetClosings(tenantId, runId);
      return {
        periods: await this.billingPeriods.remove(
          tenantId,
          unnamed.map(({ _id }) => _id),
        ),
      };
    });
  }

  /** What an invoice has is no longer lent as usage: whoever watches it hears so. */
  async nameInvoices(
    tenantId: string,
    runId: string,
    invoices: StorageRef,
    at: Instant | undefined,
  ): Promise<void> {
    const named = await this.storage.readLines<NamedPeriod>(invoices);
    await this.billingPeriods.nameInvoices(tenantId, runId, named);
    if (at === undefined || named.length === 0) return;
    const rows = await this.billingPeriods.byPeriodIds(
      tenantId,
      named.map(({ periodId }) => periodId),
    );
    const accountIds = [...new Set(rows.map(({ accountId }) => accountId))];
    await this.db.transaction(async () => {
      const taken = await this.chargingPeriods.takenBy(tenantId, runId, accountIds);
      await this.news.billed(tenantId, at, taken);
    });
  }

  private async closedLines(context: ClosingContext): Promise<RatedLine[]> {
    const { tenantId, runId, accountIds } = context;
    if (context.onDemand) {
      const { chargingPeriodIds, periodIds } = await this.onDemand.take(context);
      const lines = await this.linesOf(tenantId, chargingPeriodIds);
      return lines.filter(({ periodId }) => periodIds.has(periodId));
    }
    await this.sessions.postForBill(tenantId, accountIds, context.cutOffAt);
    for (let round = 1; !(await this.takePeriods(context, { sizes: round === 1 })); round += 1) {
      if (round === mostRounds)
        throw new Error(`the periods of run ${runId} do not come to rest: usage keeps arriving for them`);
      await this.refolding.refoldDirty(context);
    }
    const taken = await this.chargingPeriods.takenBy(tenantId, runId, accountIds);
    const lines = await this.linesOf(
      tenantId,
      taken.map(({ _id }) => _id),
    );
    return this.onDemand.notTaken(tenantId, runId, lines);
  }

  /** Usage of the periods, and corrections of billed ones that are due with them. */
  private async linesOf(
    tenantId: string,
    chargingPeriodIds: string[],
    taken: ReadonlySet<string> = new Set(chargingPeriodIds),
  ): Promise<RatedLine[]> {
    const [used, corrected] = await Promise.all([
      this.usages.linesOf(tenantId, chargingPeriodIds),
      this.corrections.linesOf(tenantId, chargingPeriodIds),
    ]);
    return [...used.map((line) => lateOrInTime(line, taken)), ...corrected];
  }

  /** One transaction: after it no record enters these periods. False when one of them must be folded first. */
  private async takePeriods(context: ClosingContext, checks: { sizes: boolean }): Promise<boolean> {
    const { tenantId, runId, batchNo, accountIds, cutOffAt } = context;
    return this.db.transaction(async () => {
      const open = await this.chargingPeriods.openUntil(tenantId, accountIds, cutOffAt);
      if (open.some(({ orderDirty }) => orderDirty)) return false;
      const rows = await this.rests.settle(
        context,
        [...open, ...(await this.unusedPeriods(context))],
        checks,
      );
      const dirty = rows.filter(({ orderDirty }) => orderDirty);
      if (dirty.length > 0) {
        await this.chargingPeriods.save(tenantId, dirty);
        return false;
      }
      const taking = rows.map((row) => ({
        ...row,
        closedBy: runId,
        rest: restOrNone(restOfRow(row, context)),
      }));
      await this.chargingPeriods.save(tenantId, [
        ...taking,
        ...(await this.rests.following(context, taking)),
      ]);
      const ids = taking.map(({ _id }) => _id);
      await this.usages.inTime(tenantId, ids);
      const used = [
        ...(await this.usages.usedPeriods(tenantId, ids)),
        ...(await this.corrections.correctedPeriods(tenantId, ids)),
      ];
      const billed = new Set(
        (
          await this.billingPeriods.byPeriodIds(
            tenantId,
            used.map((row) => row.billingPeriodId),
          )
        ).map(({ periodId }) => periodId),
      );
      const fresh = new Map(
        used.filter((row) => !billed.has(row.billingPeriodId)).map((row) => [row.billingPeriodId, row]),
      );
      await this.billingPeriods.insert(
        tenantId,
        [...fresh.values()].map(({ accountId, subscriptionId, billingPeriodId: periodId }) => ({
          periodId,
          accountId,
          subscriptionId,
          runId,
          batchNo,
          invoiceId: null,
        })),
      );
      return true;
    });
  }

  /** Groups without usage in the period: theirs closes too, so that what comes late goes to the next. */
  private async unusedPeriods({
    tenantId,
    accounts,
    cutOffAt,
  }: ClosingContext): Promise<ChargingPeriodRow[]> {
    const periods = new CyclePeriods();
    const candidates = [...accounts.values()].flatMap((account) =>
      groupsAt(tenantId, account, periods, cutOffAt),
    );
    const byId = new Map(candidates.map((row) => [row._id, row]));
    for (const { _id } of await this.chargingPeriods.byIds(tenantId, [...byId.keys()])) byId.delete(_id);
    return [...byId.values()];
  }

  /** The same lines as closing would give, with nothing written. */
  private async previewLines(context: ClosingContext): Promise<RatedLine[]> {
    const { tenantId, accountIds, cutOffAt } = context;
    let rows = context.onDemand
      ? await this.onDemand.openPeriods(context)
      : await this.chargingPeriods.openUntil(tenantId, accountIds, cutOffAt);
    const taken = new Set(rows.map(({ _id }) => _id));
    const again = new Map<string, RatedLine[]>();
    for (let round = 1; round < mostRounds; round += 1) {
      if (!context.onDemand) rows = await this.rests.settle(context, rows, { sizes: round === 1 });
      const dirty = rows.filter(({ orderDirty }) => orderDirty);
      if (dirty.length === 0) break;
      for (const { period, rows: stored, result } of await this.refolding.refolded(context, dirty)) {
        const byRecord = new Map(stored.map((row) => [row.recordId, row]));
        again.set(
          period._id,
          result.folded.flatMap((each) => {
            const row = byRecord.get(each.guided.record.recordId);
            return row ? lateOrInTime(lineOf(row, each.guided, ratedAgain(each)), taken) : [];
          }),
        );
        rows = rows.map((row) => (row._id === period._id ? withState(row, result.state) : row));
      }
    }
    const clean = rows.map(({ _id }) => _id).filter((id) => !again.has(id));
    const corrected = await this.corrections.linesOf(tenantId, [...again.keys()]);
    const lines = [
      ...(await this.linesOf(tenantId, clean, taken)),
      ...[...again.values()].flat(),
      ...corrected,
    ];
    return this.onDemand.notTaken(tenantId, context.runId, lines);
  }

  private async handOver({ tenantId, runId, batchNo, preview, catalog }: ClosingContext, lines: RatedLine[]) {
    const totals = totalsOf(lines, (offeringId, version) => {
      const offering = catalog.offerings.get(offeringId)?.find((each) => each.version === version);
      if (!offering) throw new Error(`offering ${offeringId} version ${version} is not here`);
      return offering.usageTaxCode;
    });
    const name = `rating/${preview ? 'previews' : 'runs'}/${runId}/totals-${batchNo}`;
    const records = totals.reduce((sum, total) => sum + total.records, 0);
    return { totals: await this.storage.putLines(tenantId, name, totals), records };
  }
}
