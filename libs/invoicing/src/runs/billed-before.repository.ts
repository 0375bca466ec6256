import { Injectable } from '@nestjs/common';
import { addDays, type Instant, type LocalDate, type Period } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import type { BillLine, ChargedThrough, LastBilled } from '../domain/bill';
import { chargeOfReturn } from '../domain/charge-lines';
import { chargedThroughOf, lastBilledOf } from '../domain/charged-through';
import { netOf } from '../domain/line-parts';
import { type InvoiceRow, Invoices, issuedStates } from '../invoices/invoice.schema';

/** A bill goes on from the one before it, in the state that it had then. */
export type Followed = NonNullable<InvoiceRow['follows']>;

export type BilledBefore = LastBilled & { follows: Followed };

interface LineOfCharge {
  accountId: string;
  /** Of the bill that has the line. */
  draftedAt: Instant;
  chargeKey: string;
  from: LocalDate;
  to: LocalDate;
}

export interface CreditedLine extends LineOfCharge {
  netMinor: number;
  creditedMinor: number;
}

export interface ReturnedLine extends LineOfCharge {
  returnedMinor: number;
}

const linesToCredit = {
  accountId: 1,
  draftedAt: 1,
  'lines.lineNo': 1,
  'lines.chargeKey': 1,
  'lines.from': 1,
  'lines.to': 1,
  'lines.amountMinor': 1,
  'lines.discounts': 1,
};

/** What later bills gave back of a line: the same charge, days within its own. */
export const returnedOf = (
  line: Pick<LineOfCharge, 'chargeKey' | 'from' | 'to' | 'draftedAt'>,
  returned: readonly ReturnedLine[],
): number =>
  returned
    .filter(({ chargeKey, draftedAt }) => chargeKey === line.chargeKey && draftedAt > line.draftedAt)
    .filter(({ from, to }) => line.from <= from && to <= line.to)
    .reduce((sum, { returnedMinor }) => sum + returnedMinor, 0);

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

  /** Lines that credit notes lowered, of bills that no other has taken the place of. */
  async creditedLines(tenantId: string, accountIds: string[]): Promise<CreditedLine[]> {
    const filter = {
      accountId: { $in: accountIds },
      state: { $in: [...issuedStates] },
      'credited.0': { $exists: true },
      replacedBy: { $exists: false },
    };
    const projection = { credited: 1, ...linesToCredit };
    const rows = await this.invoices(tenantId).find(filter, { projection });
    return rows.flatMap(({ accountId, draftedAt, lines, credited = [] }) =>
      lines.flatMap((line) => {
        const creditedMinor = credited.find(({ lineNo }) => lineNo === line.lineNo)?.netMinor ?? 0;
        return line.chargeKey === null || creditedMinor === 0
          ? []
          : [
              {
                accountId,
                draftedAt,
                chargeKey: line.chargeKey,
                from: line.from,
                to: line.to,
                netMinor: netOf(line),
                creditedMinor,
              },
            ];
      }),
    );
  }

  /** What the accounts' bills gave back of their charges; absent: all bills. */
  async returnedLines(
    tenantId: string,
    accountIds: string[],
    before?: LocalDate,
    onDemandRunId?: string,
  ): Promise<ReturnedLine[]> {
    const filter = {
      accountId: { $in: accountIds },
      state: { $in: [...issuedStates] },
      replacedBy: { $exists: false },
      ...(before === undefined ? {} : billsBefore(before, onDemandRunId)),
    };
    const rows = await this.invoices(tenantId).find(filter, { projection: linesToCredit });
    return rows.flatMap(({ accountId, draftedAt, lines }) =>
      lines.flatMap((line) => {
        const chargeKey = chargeOfReturn(line.chargeKey ?? '');
        return chargeKey === null
          ? []
          : [{ accountId, draftedAt, chargeKey, from: line.from, to: line.to, returnedMinor: -netOf(line) }];
      }),
    );
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
