import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import type { BillLine, ChargedThrough, LastBilled } from './domain/bill';
import { chargedThroughOf, lastBilledOf } from './domain/charged-through';
import { type InvoiceRow, Invoices, issuedStates } from './invoice.schema';

/** A bill goes on from the one before it, in the state that it had then. */
export type Followed = NonNullable<InvoiceRow['follows']>;

export type BilledBefore = LastBilled & { follows: Followed };

/** What each account's bills covered so far. */
@Injectable()
export class BilledBeforeRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** By the last live bill before the cut-off; a draft counts: what it charges in advance is not charged again. */
  async lastBilled(
    tenantId: string,
    accountIds: string[],
    before: LocalDate,
  ): Promise<Map<string, BilledBefore>> {
    const rows = await this.invoices(tenantId).aggregate<{
      _id: string;
      invoiceId: string;
      draftedAt: string;
      periodTo: string;
      lines: Pick<BillLine, 'chargeKey' | 'to'>[];
      charged?: ChargedThrough[];
    }>([
      {
        $match: {
          accountId: { $in: accountIds },
          kind: 'cycle',
          state: { $in: [...issuedStates, 'draft'] },
          periodTo: { $lt: before },
        },
      },
      {
        $project: {
          accountId: 1,
          periodTo: 1,
          sequence: 1,
          draftedAt: 1,
          charged: 1,
          'lines.chargeKey': 1,
          'lines.to': 1,
        },
      },
      { $sort: { accountId: 1, periodTo: -1, sequence: -1 } },
      {
        $group: {
          _id: '$accountId',
          invoiceId: { $first: '$_id' },
          draftedAt: { $first: '$draftedAt' },
          periodTo: { $first: '$periodTo' },
          lines: { $first: '$lines' },
          charged: { $first: '$charged' },
        },
      },
    ]);
    return new Map(
      rows.map(({ _id, invoiceId, draftedAt, periodTo, lines, charged }) => [
        _id,
        {
          ...(charged
            ? lastBilledOf(periodTo, charged)
            : { periodTo, chargedThrough: chargedThroughOf(lines) }),
          follows: { invoiceId, draftedAt },
        },
      ]),
    );
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
