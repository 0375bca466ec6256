import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@tollkeeper/calendar';
import type { StorageRef } from '@tollkeeper/contracts';
import { replaceOrInsert, ServiceDatabase, updateOne } from '@tollkeeper/platform';
import { type InvoiceRow, Invoices, type InvoiceState, issuedStates } from './invoice.schema';

interface InvoiceFilter {
  accountId?: string;
  runId?: string;
  state?: InvoiceState | { $in: readonly InvoiceState[] };
  paymentState?: string;
  number?: string;
}

interface RunSums {
  invoices: number;
  zeroBills: number;
  totalMinor: number;
}

interface OnceBilled {
  invoiceId: string;
  accountId: string;
  isThisBill: boolean;
  keys: string[];
}

type FeesBilled = Required<Pick<InvoiceRow, 'accountId' | 'feeKeys'>> & { isThisBill: boolean };

/** The bill that is made again takes the place of this one. */
export type IsThisBill = (bill: Pick<InvoiceRow, 'kind' | 'runId' | 'periodTo'>) => boolean;

type InvoiceChange = { invoiceId: string; change: Partial<InvoiceRow> };

@Injectable()
export class InvoiceRepository {
  constructor(private readonly db: ServiceDatabase) {}

  find(tenantId: string, invoiceId: string): Promise<InvoiceRow | null> {
    return this.invoices(tenantId).findOne({ _id: invoiceId });
  }

  findMany(tenantId: string, invoiceIds: string[]): Promise<InvoiceRow[]> {
    return this.invoices(tenantId).find({ _id: { $in: invoiceIds } });
  }

  /** Newest first. */
  async list(
    tenantId: string,
    filter: InvoiceFilter,
    limit: number,
    startingAfter?: string,
  ): Promise<InvoiceRow[]> {
    const last = startingAfter ? await this.find(tenantId, startingAfter) : null;
    const older = last
      ? {
          $or: [
            { draftedAt: { $lt: last.draftedAt } },
            { draftedAt: last.draftedAt, _id: { $lt: last._id } },
          ],
        }
      : {};
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    return this.invoices(tenantId).find({ ...given, ...older }, { sort: { draftedAt: -1, _id: -1 }, limit });
  }

  ofBatch(tenantId: string, runId: string, batchNo: number): Promise<InvoiceRow[]> {
    const filter = { runId, batchNo, live: true, replaces: { $exists: false } };
    return this.invoices(tenantId).find(filter, { sort: { accountId: 1 } });
  }

  /** What may be billed only once and lies on live bills. */
  async billedOnce(
    tenantId: string,
    accountIds: string[],
    keys: string[],
    isThisBill: IsThisBill,
  ): Promise<OnceBilled[]> {
    const filter = {
      live: true,
      onceKeys: { $exists: true },
      $or: [{ accountId: { $in: accountIds } }, { onceKeys: { $in: keys } }],
    };
    const projection = { accountId: 1, kind: 1, runId: 1, periodTo: 1, onceKeys: 1 };
    const rows = await this.invoices(tenantId).find(filter, { projection });
    return rows.map((row) => ({
      invoiceId: row._id,
      accountId: row.accountId,
      isThisBill: isThisBill(row),
      keys: row.onceKeys ?? [],
    }));
  }

  /** Which of these fees per line and month live bills have. */
  async feesBilled(tenantId: string, feeKeys: string[], isThisBill: IsThisBill): Promise<FeesBilled[]> {
    const filter = { live: true, feeKeys: { $in: feeKeys } };
    const projection = { accountId: 1, kind: 1, runId: 1, periodTo: 1, feeKeys: 1 };
    const rows = await this.invoices(tenantId).find(filter, { projection });
    return rows.map((row) => ({
      accountId: row.accountId,
      isThisBill: isThisBill(row),
      feeKeys: row.feeKeys ?? [],
    }));
  }

  /** Accounts that another run bills for the same period: a second live invoice is refused. */
  async billedElsewhere(
    tenantId: string,
    runId: string,
    periodTo: LocalDate,
    accountIds: string[],
  ): Promise<Map<string, string>> {
    const filter = {
      accountId: { $in: accountIds },
      kind: 'cycle',
      periodTo,
      live: true,
      runId: { $ne: runId },
    };
    const rows = await this.invoices(tenantId).find(filter, { projection: { accountId: 1, runId: 1 } });
    return new Map(rows.map((row) => [row.accountId, row.runId]));
  }

  /** The highest sequence of live bills of a kind that other runs made, by account and end of the period. */
  async lastSequences(
    tenantId: string,
    { runId, kinds, accountIds }: { runId: string; kinds: InvoiceRow['kind'][]; accountIds: string[] },
  ): Promise<Map<string, number>> {
    const filter = {
      accountId: { $in: accountIds },
      kind: { $in: kinds },
      live: true,
      runId: { $ne: runId },
    };
    const projection = { accountId: 1, kind: 1, periodTo: 1, sequence: 1 };
    const highest = new Map<string, number>();
    for (const { accountId, kind, periodTo, sequence } of await this.invoices(tenantId).find(filter, {
      projection,
    })) {
      const key = `${accountId}/${kind}/${periodTo}`;
      highest.set(key, Math.max(highest.get(key) ?? 0, sequence));
    }
    return highest;
  }

  /** A draft takes the place of the earlier draft (or void one) of the same id. */
  async putDrafts(tenantId: string, drafts: InvoiceRow[]): Promise<void> {
    await this.invoices(tenantId).bulkWrite(
      drafts.map((draft) => replaceOrInsert({ _id: draft._id, state: { $nin: issuedStates } }, draft)),
    );
  }

  /** Of a run, or of some of its accounts: all but those named. */
  async voidDrafts(
    tenantId: string,
    { runId, accountIds, except = [] }: { runId: string; accountIds?: string[]; except?: string[] },
  ): Promise<number> {
    const where = {
      runId,
      state: 'draft',
      ...(accountIds ? { accountId: { $in: accountIds } } : {}),
      ...(except.length > 0 ? { _id: { $nin: except } } : {}),
    };
    return (await this.invoices(tenantId).updateMany(where, { $set: { state: 'void', live: false } }))
      .modifiedCount;
  }

  async change(tenantId: string, changes: InvoiceChange[]): Promise<void> {
    await this.invoices(tenantId).bulkWrite(
      changes.map(({ invoiceId, change }) => updateOne({ _id: invoiceId }, { $set: change })),
    );
  }

  async setPdf(tenantId: string, invoiceId: string, pdf: StorageRef): Promise<void> {
    await this.invoices(tenantId).updateOne({ _id: invoiceId }, { $set: { pdf } });
  }

  /** Only while the invoice is as it was read; false: somebody changed it meanwhile. */
  async markCredited(
    tenantId: string,
    { invoiceId, ...read }: { invoiceId: string; revision: number; openMinor: number },
    change: Pick<InvoiceRow, 'credited' | 'state'>,
  ): Promise<boolean> {
    const filter = { _id: invoiceId, state: 'finalized', ...read };
    return (await this.invoices(tenantId).updateOne(filter, { $set: change })).matchedCount === 1;
  }

  /** What is billed only once goes over to the invoice that takes its place. */
  async handOver(tenantId: string, invoiceId: string, replacedBy: string): Promise<void> {
    const change = { $set: { replacedBy }, $unset: { onceKeys: '', feeKeys: '' } };
    await this.invoices(tenantId).updateOne({ _id: invoiceId }, change);
  }

  /** What payments may settle: the accounts' open invoices, and the invoices that they name. */
  payableOf(tenantId: string, accountIds: string[], named: string[]): Promise<InvoiceRow[]> {
    const open = { accountId: { $in: accountIds }, openMinor: { $gt: 0 } };
    const filter = { state: 'finalized', $or: [open, { _id: { $in: named } }] };
    return this.invoices(tenantId).find(filter, { projection: { lines: 0 } });
  }

  async sumsOf(tenantId: string, runId: string, currency: string): Promise<RunSums> {
    const [sums] = await this.invoices(tenantId).aggregate<RunSums>([
      { $match: { runId, live: true } },
      {
        $group: {
          _id: null,
          invoices: { $sum: 1 },
          zeroBills: { $sum: { $cond: [{ $eq: ['$totalMinor', 0] }, 1, 0] } },
          totalMinor: { $sum: { $cond: [{ $eq: ['$currency', currency] }, '$totalMinor', 0] } },
        },
      },
      { $project: { _id: 0 } },
    ]);
    return sums ?? { invoices: 0, zeroBills: 0, totalMinor: 0 };
  }

  /** The middle bill; with an even number the lower of the two. */
  async medianOf(tenantId: string, runId: string, invoices: number): Promise<number | null> {
    if (invoices === 0) return null;
    const [middle] = await this.invoices(tenantId).find(
      { runId, live: true },
      {
        sort: { totalMinor: 1 },
        skip: Math.floor((invoices - 1) / 2),
        limit: 1,
        projection: { totalMinor: 1 },
      },
    );
    return middle?.totalMinor ?? null;
  }

  /** Usage that the run's final bills charge, exact. */
  async billedUsage(
    tenantId: string,
    runId: string,
  ): Promise<{ billedMicro: number; billedRecords: number }> {
    const [sums] = await this.invoices(tenantId).aggregate<{ billedMicro: number; billedRecords: number }>([
      { $match: { runId, state: { $in: issuedStates }, replaces: { $exists: false } } },
      { $unwind: '$lines' },
      {
        $group: {
          _id: null,
          billedMicro: { $sum: '$lines.amountMicro' },
          billedRecords: { $sum: '$lines.records' },
        },
      },
      { $project: { _id: 0 } },
    ]);
    return sums ?? { billedMicro: 0, billedRecords: 0 };
  }

  private invoices(tenantId: string) {
    return this.db.tenant(tenantId).collection(Invoices);
  }
}
