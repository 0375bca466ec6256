import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  notFound,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import type { OpenItem } from '../domain/ledger/open-item';
import { undoAllocation, type Undone } from '../domain/ledger/undo-allocation';
import { AllocationRepository, newAllocationId } from './allocation.repository';
import type { AllocationRow } from './allocation.schema';
import { postedAt } from './books-day';
import { PaymentRepository } from './payment.repository';
import { PostingRepository } from './posting.repository';
import { type Receivables, ReceivableService } from './receivable.service';

interface UndoRequest {
  allocationId: string;
  /** Paid instead; `null`: the money is free again. */
  toInvoiceId: string | null;
  reason: string;
}

/** Undoes what was allocated: by a counter-posting, in one transaction with the invoices and what payments hears. */
@Injectable()
export class AllocationService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly allocations: AllocationRepository,
    private readonly payments: PaymentRepository,
    private readonly receivables: ReceivableService,
    private readonly postings: PostingRepository,
    private readonly copies: CopyRepository,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  async undo(principal: Principal, request: UndoRequest): Promise<AllocationRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const zone = (await this.copies.tenant(tenantId))?.zone ?? 'UTC';
    return this.db.transaction(async () => {
      const row = await this.allocations.find(tenantId, request.allocationId);
      if (!row) throw notFound('allocation', request.allocationId);
      if (row.undone)
        throw conflict('alreadyUndone', `Allocation ${row.allocationId} was undone at ${row.undone.at}.`);
      const named = [row.invoiceId, ...(request.toInvoiceId === null ? [] : [request.toInvoiceId])];
      const state = await this.receivables.load(tenantId, [], named);
      const undone = undoAllocation(row, fromOf(row, state), toOf(row, request.toInvoiceId, state));
      await this.save(principal, { row, undone, state, at, zone, reason: request.reason });
      return { ...row, undone: { at, by: principal.name, reason: request.reason } };
    });
  }

  private async save(
    principal: Principal,
    {
      row,
      undone,
      state,
      at,
      zone,
      reason,
    }: { row: AllocationRow; undone: Undone; state: Receivables; at: Instant; zone: string; reason: string },
  ): Promise<void> {
    const { tenantId, name } = principal;
    const { allocationId, paymentId } = row;
    await this.allocations.markUndone(tenantId, allocationId, { at, by: name, reason });
    await this.allocations.insertMany(tenantId, at, undone.moved ? [undone.moved] : []);
    await this.keepCredit(tenantId, paymentId, undone.creditMinor);
    await this.postings.append(tenantId, undone.postings.map(postedAt(tenantId, at, zone, reason)));
    for (const item of undone.items) state.items.set(item.invoiceId, item);
    await this.receivables.save(tenantId, at, state, new Set(undone.items.map(({ invoiceId }) => invoiceId)));
    await this.audit.record(principal, {
      at,
      what: 'undoAllocation',
      entity: allocationId,
      before: { invoiceId: row.invoiceId, amountMinor: row.amountMinor, currency: row.currency },
      after: { movedTo: undone.moved?.invoiceId ?? null, creditMinor: undone.creditMinor },
      reason,
    });
  }

  private async keepCredit(tenantId: string, paymentId: string | null, creditMinor: number): Promise<void> {
    if (paymentId === null || creditMinor === 0) return;
    const [payment] = await this.payments.findMany(tenantId, [paymentId]);
    if (payment)
      await this.payments.change(tenantId, [{ paymentId, creditMinor: payment.creditMinor + creditMinor }]);
  }
}

function fromOf({ invoiceId }: AllocationRow, { items }: Receivables): OpenItem {
  const item = items.get(invoiceId);
  if (!item) throw new Error(`Allocated invoice ${invoiceId} is not final`);
  if (item.writeOff)
    throw conflict(
      'writtenOff',
      `Invoice ${invoiceId} is written off: what paid it before stays.`,
      'Post a recovery for money that comes in, or an exGratiaCredit for what should not have been paid.',
    );
  return item;
}

function toOf(
  { accountId, currency, invoiceId }: AllocationRow,
  toInvoiceId: string | null,
  { items }: Receivables,
) {
  if (toInvoiceId === null) return null;
  if (toInvoiceId === invoiceId)
    throw badInput('toInvoiceId', 'That is the invoice that it paid.', 'Name another, or leave it out.');
  const item = items.get(toInvoiceId);
  if (!item || item.accountId !== accountId || item.currency !== currency)
    throw badInput(
      'toInvoiceId',
      `The account has no final invoice ${toInvoiceId}.`,
      'Name an open invoice of the same account.',
    );
  if (item.openMinor === 0)
    throw badInput(
      'toInvoiceId',
      `Nothing of invoice ${toInvoiceId} is open.`,
      'Name an open invoice, or leave it out.',
    );
  return { item, allocationId: newAllocationId() };
}
