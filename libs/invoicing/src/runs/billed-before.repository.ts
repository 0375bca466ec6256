import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate, type Period } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import type { BillLine, ChargedThrough, LastBilled } from '../domain/bill';
import type { ChargeBill } from '../corrections/domain/given-back-lines';
import { chargedThroughOf, lastBilledOf } from '../domain/charged-through';
import type { TaxedBill } from '../domain/capped-before';
import type { IsThisBill } from '../invoices/invoice.repository';
import { type InvoiceRow, Invoices, issuedStates } from '../invoices/invoice.schema';

/** A bill goes on from the one before it, in the state that it had then. */
export type Followed = NonNullable<InvoiceRow['follows']>;

export type BilledBefore = LastBilled & { follows: Followed };

const chargeBillFields = {
  ...{ accountId: 1, number: 1, draftedAt: 1, replaces: 1, replacedBy: 1 },
  ...{ lines: 1, taxes: 1, recoveryFees: 1, credited: 1 },
} as const;

export const chargeBillOf = (
  row: Pick<InvoiceRow, '_id' | 'lines' | 'taxes' | 'accountId' | 'number' | 'draftedAt'> &
    Partial<Pick<InvoiceRow, 'replaces' | 'replacedBy' | 'recoveryFees' | 'credited'>>,
): ChargeBill => ({
  invoiceId: row._id,
  number: row.number,
  accountId: row.accountId,
  draftedAt: row.draftedAt,
  ...(row.replaces ? { replaces: row.replaces } : {}),
  replaced: Boolean(row.replacedBy),
  lines: row.lines,
  taxes: row.taxes,
  ...(row.recoveryFees ? { recoveryFees: row.recoveryFees } : {}),
  credited: row.credited ?? [],
});

/** Bills that charge periods, before a cut-off or before an on-demand run. */
const billsBefore = (before: LocalDate, onDemandRunId: string | undefined) => ({
  $or: onDemandRunId
    ? [
        { kind: 'cycle' as const, periodTo: { $lte: before } },
        { kind: 'onDemand' as const, periodTo: { $lte: addDays(before, 1) }, runId: { $ne: onDemandRunId } },
      ]
    : [
        { kind: 'cycle' as const, periodTo: { $lt: before } },
        { kind: 'onDemand' as const, periodTo: { $lte: before } },
      ],
});

/** What each account's bills covered so far. */
@Injectable()
export class BilledBeforeRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /**
   * By the last live bill that charges periods: before a cut-off, or of an on-demand run the last one there is. A draft
   * counts: what it charges in advance is not charged again. An on-demand bill is of its day, and goes on from its morning.
   */
  async lastBilled(
    tenantId: string,
    accountIds: string[],
    before: LocalDate,
    onDemandRunId?: string,
  ): Promise<Map<string, BilledBefore>> {
    const rows = await this.invoices(tenantId).aggregate<{
      _id: string;
      invoiceId: string;
      draftedAt: string;
      periodTo: string;
      kind: InvoiceRow['kind'];
      lines: Pick<BillLine, 'chargeKey' | 'to'>[];
      charged?: ChargedThrough[];
    }>([
      {
        $match: {
          accountId: { $in: accountIds },
          state: { $in: [...issuedStates, 'draft'] },
          ...billsBefore(before, onDemandRunId),
        },
      },
      {
        $project: {
          accountId: 1,
          periodTo: 1,
          kind: 1,
          sequence: 1,
          draftedAt: 1,
          charged: 1,
          'lines.chargeKey': 1,
          'lines.to': 1,
        },
      },
      { $sort: { accountId: 1, periodTo: -1, kind: 1, sequence: -1 } },
      {
        $group: {
          _id: '$accountId',
          invoiceId: { $first: '$_id' },
          draftedAt: { $first: '$draftedAt' },
          periodTo: { $first: '$periodTo' },
          kind: { $first: '$kind' },
          lines: { $first: '$lines' },
          charged: { $first: '$charged' },
        },
      },
    ]);
    return new Map(
      rows.map(({ _id, invoiceId, draftedAt, periodTo, kind, lines, charged }) => {
        const billedTo = kind === 'onDemand' ? addDays(periodTo, -1) : periodTo;
        const before = charged
          ? lastBilledOf(billedTo, charged)
          : { periodTo: billedTo, chargedThrough: chargedThroughOf(lines) };
        return [_id, { ...before, follows: { invoiceId, draftedAt } }];
      }),
    );
  }

  /** Accounts among these that have a bill which a credit note lowered. */
  async credited(tenantId: string, accountIds: string[]): Promise<string[]> {
    const filter = {
      accountId: { $in: accountIds },
      state: { $in: [...issuedStates] },
      'credited.0': { $exists: true },
      replacedBy: { $exists: false },
    };
    const rows = await this.invoices(tenantId).find(filter, { projection: { accountId: 1 } });
    return [...new Set(rows.map(({ accountId }) => accountId))];
  }

  /** The issued bills of these accounts with all that says what was given back of which line. */
  async chargeBills(
    tenantId: string,
    accountIds: string[],
    before?: LocalDate,
    onDemandRunId?: string,
  ): Promise<ChargeBill[]> {
    const filter = {
      accountId: { $in: accountIds },
      state: { $in: [...issuedStates] },
      ...(before === undefined ? {} : billsBefore(before, onDemandRunId)),
    };
    const rows = await this.invoices(tenantId).find(filter, { projection: chargeBillFields });
    return rows.map(chargeBillOf);
  }

  /** Live bills of these accounts since a day, but for the one that is made: what they taxed. */
  async taxedSince(
    tenantId: string,
    accountIds: string[],
    since: LocalDate,
    isThisBill: IsThisBill,
  ): Promise<(TaxedBill & { accountId: string })[]> {
    const filter = {
      accountId: { $in: accountIds },
      live: true,
      periodTo: { $gte: since },
      replacedBy: { $exists: false },
    };
    const projection = {
      ...{ accountId: 1, kind: 1, runId: 1, periodTo: 1, taxes: 1, recoveryFees: 1 },
      ...{ 'lines.lineNo': 1, 'lines.subscriptionId': 1, 'lines.from': 1, 'lines.to': 1 },
      'lines.chargePeriod': 1,
    };
    const rows = await this.invoices(tenantId).find(filter, { projection });
    return rows.filter((row) => !isThisBill(row));
  }

  /** The issued bills that charge these keys. */
  async billsOfKeys(tenantId: string, onceKeys: string[]): Promise<ChargeBill[]> {
    const filter = { live: true, state: { $in: [...issuedStates] }, onceKeys: { $in: onceKeys } };
    const rows = await this.invoices(tenantId).find(filter, { projection: chargeBillFields });
    return rows.map(chargeBillOf);
  }

  /** What on-demand bills have of a period that is not over yet, by account. */
  async spentOnDemand(
    tenantId: string,
    accountIds: string[],
    { from, to }: Period,
  ): Promise<Map<string, BillLine[]>> {
    const filter = {
      accountId: { $in: accountIds },
      kind: { $in: ['onDemand', 'oneOff'] },
      live: true,
      periodTo: { $gt: from, $lte: to },
    };
    const rows = await this.invoices(tenantId).find(filter, { projection: { accountId: 1, lines: 1 } });
    const spent = new Map<string, BillLine[]>();
    for (const { accountId, lines } of rows)
      spent.set(accountId, [...(spent.get(accountId) ?? []), ...lines]);
    return spent;
  }

  /** Bills that drafts go on from and that are no longer, or not yet, what they were taken for. */
  async unsettled(
    tenantId: string,
    followed: readonly Followed[],
  ): Promise<Map<string, 'draft' | 'changed'>> {
    if (followed.length === 0) return new Map();
    const filter = { _id: { $in: followed.map(({ invoiceId }) => invoiceId) } };
    const rows = await this.invoices(tenantId).find(filter, { projection: { state: 1, draftedAt: 1 } });
    const byId = new Map(rows.map((row) => [row._id, row]));
    return new Map(
      followed.flatMap(({ invoiceId, draftedAt }): [string, 'draft' | 'changed'][] => {
        const row = byId.get(invoiceId);
        if (row?.state === 'draft') return [[invoiceId, 'draft']];
        const same = row !== undefined && row.draftedAt === draftedAt && row.state !== 'void';
        return same ? [] : [[invoiceId, 'changed']];
      }),
    );
  }

  private invoices(tenantId: string) {
    return this.db.tenant(tenantId).collection(Invoices);
  }
}
