import { Injectable } from '@nestjs/common';
import { startOfDay } from '@tollkeeper/calendar';
import type { PreviewInput, StorageRef } from '@tollkeeper/contracts';
import { refusal, Storage } from '@tollkeeper/platform';
import { BillingService, cycleOf } from '../runs/billing.service';
import { CopyRepository } from '../copies/copy.repository';
import { CycleRepository } from '../cycles/cycle.repository';
import type { CycleRow } from '../cycles/cycle.schema';
import type { Bill } from '../domain/bill';
import { servedUntil } from '../domain/bill-purpose';
import { LateUsageRepository } from '../late-usage/late-usage.repository';
import { accountsPerBatch, servedBy } from '../runs/opening.service';
import { SnapshotService } from '../runs/snapshot.service';

/** Answers stay under 64 KB: account ids of a preview take at most this much of it. */
const mostIdBytes = 40 * 1024;
const mostAccounts = 1600;

interface PreviewedBill {
  accountId: string;
  customerName: string;
  bill: Bill | null;
  /** Correction bills for late usage. Left out: none. */
  lateBills?: Bill[];
  cause: string | null;
}

/** A dry run: the same functions as the real one; it writes objects in storage and no row. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly cycles: CycleRepository,
    private readonly copies: CopyRepository,
    private readonly snapshots: SnapshotService,
    private readonly billing: BillingService,
    private readonly storage: Storage,
    private readonly lateUsage: LateUsageRepository,
  ) {}

  async open({
    tenantId,
    cycleId,
    cutOffOn,
    accountIds,
    at,
    onDemand,
  }: PreviewInput & { accountIds: string[] | null }) {
    const cycle = await this.requireCycle(tenantId, cycleId);
    const cutOffAt = onDemand ? at : startOfDay(cutOffOn, cycle.zone);
    const periodFrom = servedUntil(cycleOf(cycle), cutOffOn).from;
    const { finalBillWaitDays } = await this.lateUsage.find(tenantId);
    const served = { ...servedBy(cycle, { cutOffAt, periodFrom }, finalBillWaitDays), at };
    const accounts = accountIds
      ? await this.copies.accountsByIds(tenantId, accountIds)
      : await this.copies.accountsOfCycle(tenantId, cycleId, served, '', mostAccounts);
    const accountsInCycle = accountIds
      ? accounts.length
      : await this.copies.countOfCycle(tenantId, cycleId, served);
    const currency = (await this.copies.tenant(tenantId))?.currency ?? '';
    return {
      batches: batchesOf(accounts.map(({ accountId }) => accountId)),
      accountsInCycle,
      currency,
      cutOffAt,
    };
  }

  async previewBatch(input: PreviewInput & { accountIds: string[]; totals: StorageRef }) {
    const { tenantId, previewId, cycleId, cutOffOn, accountIds, totals, onDemand, at } = input;
    const cycle = await this.requireCycle(tenantId, cycleId);
    const copies = await this.copies.accountsByIds(tenantId, accountIds);
    const frozenAt = onDemand ? at : startOfDay(cutOffOn, cycle.zone);
    const frozen = await this.snapshots.freeze(tenantId, copies, frozenAt);
    const accounts = await this.snapshots.thaw(tenantId, frozen);
    const occasion = onDemand ? { onDemand: { runId: previewId, purpose: onDemand } } : {};
    const outcomes = await this.billing.billAll(tenantId, cycle, cutOffOn, accounts, totals, occasion);
    const lines = outcomes.map(({ profile, bill, lateBills, cause }): PreviewedBill => ({
      accountId: profile.accountId,
      customerName: profile.customerName,
      bill,
      ...(lateBills.length > 0 ? { lateBills } : {}),
      cause,
    }));
    const currency = (await this.copies.tenant(tenantId))?.currency ?? '';
    const bills = lines.flatMap(({ bill, lateBills = [] }) => [...(bill ? [bill] : []), ...lateBills]);
    return {
      bills: await this.storage.putLines(tenantId, `previews/${previewId}/${accountIds[0] ?? 'none'}`, lines),
      totalMinor: bills
        .filter((bill) => bill.currency === currency)
        .reduce((sum, { totalMinor }) => sum + totalMinor, 0),
      currency,
      invoices: bills.length,
      failed: lines.filter(({ cause }) => cause !== null).length,
    };
  }

  /** A page of a finished preview's bills, read from its objects. */
  async page(bills: StorageRef[], limit: number, startingAfter?: string): Promise<PreviewedBill[]> {
    const found: PreviewedBill[] = [];
    for (const ref of bills) {
      const lines = await this.storage.readLines<PreviewedBill>(ref);
      found.push(...lines.filter(({ accountId }) => !startingAfter || accountId > startingAfter));
      if (found.length > limit) break;
    }
    return found.slice(0, limit + 1);
  }

  private async requireCycle(tenantId: string, cycleId: string): Promise<CycleRow> {
    const cycle = await this.cycles.find(tenantId, cycleId);
    if (!cycle) throw refusal('cycleUnknown', `There is no cycle ${cycleId}.`);
    return cycle;
  }
}

function batchesOf(accountIds: string[]): { batchNo: number; accountIds: string[] }[] {
  let bytes = 0;
  const fitting = accountIds.filter((accountId) => (bytes += accountId.length + 3) < mostIdBytes);
  const count = Math.ceil(fitting.length / accountsPerBatch);
  return Array.from({ length: count }, (_, batchNo) => ({
    batchNo,
    accountIds: fitting.slice(batchNo * accountsPerBatch, (batchNo + 1) * accountsPerBatch),
  }));
}
