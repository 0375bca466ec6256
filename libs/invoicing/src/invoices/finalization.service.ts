import { Injectable } from '@nestjs/common';
import { type Instant, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import type { NamedPeriod, RunBatchInput, StorageRef, TenantProfile } from '@tollkeeper/contracts';
import { Outbox, refusal, ServiceDatabase, Storage } from '@tollkeeper/platform';
import { invoiceSchedules } from '../books/domain/invoice-schedules';
import { RevenueScheduleRepository } from '../books/revenue-schedule.repository';
import { BilledBeforeRepository } from '../runs/billed-before.repository';
import { BilledBeforeService } from '../runs/billed-before.service';
import { BillRunRepository } from '../runs/bill-run.repository';
import { BillRunService } from '../runs/bill-run.service';
import { OneOffChargeRepository } from '../charges/one-off-charge.repository';
import { DeviceBillingService } from '../devices/device-billing.service';
import { CopyRepository } from '../copies/copy.repository';
import { whyNotFinal } from '../domain/check-final';
import { type NumberRange, stampedNumbers } from '../domain/invoice-numbers';
import { faultText, lawFaults } from '../domain/law-faults';
import { mayNumber } from '../domain/run-transitions';
import { billedCharges, creditAllocations, finalOf, placedOn, postingsOf } from './finalize-invoice';
import { InvoiceRepository } from './invoice.repository';
import { type InvoiceRow, issuedStates } from './invoice.schema';
import { NumberRangeRepository } from './number-range.repository';
import { AllocationRepository } from '../ledger/allocation.repository';
import { payableOf } from '../ledger/payable-of';
import { PostingRepository } from '../ledger/posting.repository';
import { SellerRepository } from '../sellers/seller.repository';
import type { SellerRow } from '../sellers/seller.schema';

const invoiceSeries = 'invoice';

@Injectable()
export class FinalizationService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly runService: BillRunService,
    private readonly runs: BillRunRepository,
    private readonly invoices: InvoiceRepository,
    private readonly before: BilledBeforeRepository,
    private readonly charged: BilledBeforeService,
    private readonly ranges: NumberRangeRepository,
    private readonly postings: PostingRepository,
    private readonly allocations: AllocationRepository,
    private readonly schedules: RevenueScheduleRepository,
    private readonly oneOffs: OneOffChargeRepository,
    private readonly devices: DeviceBillingService,
    private readonly sellers: SellerRepository,
    private readonly copies: CopyRepository,
    private readonly outbox: Outbox,
    private readonly storage: Storage,
  ) {}

  /** Checks, then numbers, then stamps and posts; each step finds what an earlier try has done. */
  async finalizeBatch({
    tenantId,
    runId,
    batchNo,
    at,
  }: RunBatchInput): Promise<{ finalized: number; named: StorageRef }> {
    const seller = await this.copies.tenant(tenantId);
    const range =
      (await this.ranges.find(tenantId, invoiceSeries, `${runId}/${batchNo}`)) ??
      (await this.number(tenantId, runId, batchNo, seller));
    if (range && seller) await this.finalize(tenantId, runId, range, seller, at);
    const finalized = (await this.invoices.ofBatch(tenantId, runId, batchNo)).filter(({ state }) =>
      issuedStates.includes(state),
    );
    const billed = finalized.flatMap(({ _id, lines }) =>
      [...new Set(lines.flatMap(({ periodIds }) => periodIds))].map((periodId): NamedPeriod => ({
        periodId,
        invoiceId: _id,
      })),
    );
    const named = [...billed, ...(await this.reportedIn(tenantId, runId, batchNo))];
    return {
      finalized: finalized.length,
      named: await this.storage.putLines(tenantId, `named/${runId}/${batchNo}`, named),
    };
  }

  /** Late usage that is on no bill, of accounts that are done with. */
  private async reportedIn(tenantId: string, runId: string, batchNo: number): Promise<NamedPeriod[]> {
    const accounts = await this.runs.accountsOfBatch(tenantId, runId, batchNo);
    return accounts
      .filter(({ state }) => state === 'finalized' || state === 'nothingToBill')
      .flatMap(({ reported }) => reported?.periodIds ?? [])
      .map((periodId) => ({ periodId, reported: true }));
  }

  /** Null when no draft of the batch may be numbered. */
  private async number(
    tenantId: string,
    runId: string,
    batchNo: number,
    seller: TenantProfile | null,
  ): Promise<NumberRange | null> {
    const run = await this.runService.requireRun(tenantId, runId);
    if (!mayNumber(run.state))
      throw refusal('runNotInState', `Run ${runId} is ${run.state}: nothing is numbered yet.`);
    const drafts = (await this.invoices.ofBatch(tenantId, runId, batchNo)).filter(
      ({ state }) => state === 'draft',
    );
    const cancelled = await this.oneOffs.cancelledOf(tenantId, drafts.flatMap(placedOn));
    const devices = await this.devices.changed(tenantId, drafts);
    const unsettled = await this.before.unsettled(
      tenantId,
      drafts.flatMap(({ follows }) => follows ?? []),
    );
    const twice = await this.charged.givenBackTwice(tenantId, drafts);
    const terms = await this.sellers.find(tenantId);
    const checked = drafts.map((draft) => {
      const candidate = {
        ...draft,
        ...draft.customer,
        cancelled: placedOn(draft).filter(isIn(cancelled)),
        before: unsettled.get(draft.follows?.invoiceId ?? ''),
        devicesChanged: devices.get(draft._id) ?? [],
        givesBackTwice: twice.has(draft._id),
      };
      return { draft, cause: whyNotFinal(candidate, seller) ?? unlawful(draft, seller, terms) };
    });
    const unfit = await this.setAside(tenantId, runId, checked);
    const fit = drafts.filter(({ accountId }) => !unfit.has(accountId)).map(({ _id }) => _id);
    return fit.length === 0 ? null : this.ranges.take(tenantId, invoiceSeries, `${runId}/${batchNo}`, fit);
  }

  /** By account: its bills of closed periods wait with its own. */
  private async setAside(
    tenantId: string,
    runId: string,
    checked: { draft: InvoiceRow; cause: string | null }[],
  ): Promise<ReadonlySet<string>> {
    const causes = new Map(
      checked.flatMap(({ draft: { accountId }, cause }) => (cause === null ? [] : [[accountId, cause]])),
    );
    if (causes.size === 0) return new Set();
    const accounts = [...causes].map(([accountId, cause]) => ({
      runId,
      accountId,
      state: 'failed' as const,
      cause,
      invoiceId: null,
    }));
    await this.db.transaction(async () => {
      await this.invoices.voidDrafts(tenantId, { runId, accountIds: [...causes.keys()] });
      await this.runs.changeAccounts(tenantId, accounts);
    });
    return new Set(causes.keys());
  }

  /** One transaction: invoices, postings, cached balances, and what payments has to know. */
  private async finalize(
    tenantId: string,
    runId: string,
    range: NumberRange,
    seller: TenantProfile,
    at: Instant,
  ): Promise<void> {
    const numbers = stampedNumbers(range, await this.sellers.find(tenantId));
    const issuedOn = localDateOf(at, seller.zone);
    await this.db.transaction(async () => {
      const rows = await this.invoices.findMany(tenantId, range.invoiceIds);
      const drafts = rows.filter(({ state }) => state === 'draft');
      if (drafts.length === 0) return;
      await this.book(tenantId, drafts, numbers, issuedOn, at);
      await this.runs.finalizeAccounts(
        tenantId,
        runId,
        drafts.map(({ accountId }) => accountId),
      );
    });
  }

  /** An invoice that no run numbers, in the transaction of what it comes from. */
  async issue(tenantId: string, draft: InvoiceRow, issuedOn: LocalDate, at: Instant): Promise<void> {
    const range = await this.ranges.take(tenantId, invoiceSeries, draft._id, [draft._id]);
    const numbers = stampedNumbers(range, await this.sellers.find(tenantId));
    await this.book(tenantId, [draft], numbers, issuedOn, at);
  }

  private async book(
    tenantId: string,
    drafts: InvoiceRow[],
    numbers: Map<string, string>,
    issuedOn: LocalDate,
    at: Instant,
  ): Promise<void> {
    const credit = await this.creditOf(tenantId, drafts);
    const changes = drafts.map((draft) => ({
      draft,
      change: finalOf(draft, stampOf(numbers, draft), issuedOn, at, credit.get(creditKey(draft)) ?? 0),
    }));
    const final = changes.map(({ draft, change }) => ({ ...draft, ...change }));
    await this.invoices.change(
      tenantId,
      changes.map(({ draft, change }) => ({ invoiceId: draft._id, change })),
    );
    await this.postings.append(
      tenantId,
      final.flatMap((invoice) => postingsOf(invoice, issuedOn, at)),
    );
    await this.allocations.insertMany(tenantId, at, creditAllocations(final));
    await this.schedules.insertMany(
      tenantId,
      final.flatMap((invoice) => invoiceSchedules(invoice, issuedOn)),
    );
    await this.oneOffs.markBilled(tenantId, final.flatMap(billedCharges));
    await this.devices.billed(tenantId, final);
    await this.outbox.tell(
      tenantId,
      at,
      'payableChanged',
      final.filter(({ totalMinor }) => totalMinor > 0).map((each) => payableOf(each, [])),
    );
  }

  private async creditOf(tenantId: string, drafts: InvoiceRow[]): Promise<Map<string, number>> {
    const balances = await this.postings.balancesOf(
      tenantId,
      drafts.map(({ accountId }) => accountId),
    );
    // Credit is owed to the customer: a credit balance, negative in the books.
    return new Map(
      balances.map((balance) => [creditKey(balance), Math.max(0, -(balance.customerCreditMinor ?? 0))]),
    );
  }
}

const creditKey = ({ accountId, currency }: { accountId: string; currency: string }): string =>
  `${accountId}/${currency}`;

const unlawful = (draft: InvoiceRow, seller: TenantProfile | null, terms: SellerRow): string | null =>
  seller && faultText(lawFaults(draft, seller, terms, draft.customer, seller.country));

const isIn = (ids: ReadonlySet<string>) => (id: string) => ids.has(id);

function stampOf(numbers: Map<string, string>, { _id }: InvoiceRow): string {
  const number = numbers.get(_id);
  if (!number) throw new Error(`Invoice ${_id} is not in its number range`);
  return number;
}
