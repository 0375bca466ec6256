import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { TenantProfile } from '@tollkeeper/contracts';
import { conflict } from '@tollkeeper/platform';
import { RevenueScheduleService } from '../books/revenue-schedule.service';
import { adjusted, type OpenItem } from '../domain/ledger/open-item';
import { draftPosting } from '../domain/ledger/posting-draft';
import { InvoiceRepository } from '../invoices/invoice.repository';
import type { InvoiceRow } from '../invoices/invoice.schema';
import { AllocationRepository, newAllocationId } from '../ledger/allocation.repository';
import { postedAt } from '../ledger/books-day';
import { PaymentRepository } from '../ledger/payment.repository';
import { PostingRepository } from '../ledger/posting.repository';
import { ReceivableService } from '../ledger/receivable.service';
import { cancels, type CreditPlan, offInvoiceMinor } from './domain/credit-note';
import { creditAmounts } from './domain/credit-posting';
import { freeMoney, type FreedMoney } from './domain/free-money';

interface Booked {
  creditNoteId: string;
  invoice: InvoiceRow;
  plan: CreditPlan;
  at: Instant;
  on: LocalDate;
  tenant: TenantProfile;
}

/** Writes what a credit note does to the books: postings, open amount, money that is free again, schedules. */
@Injectable()
export class CreditBooksService {
  constructor(
    private readonly invoices: InvoiceRepository,
    private readonly receivables: ReceivableService,
    private readonly allocations: AllocationRepository,
    private readonly payments: PaymentRepository,
    private readonly postings: PostingRepository,
    private readonly schedules: RevenueScheduleService,
  ) {}

  /** In the transaction of the credit note. */
  async book(tenantId: string, booked: Booked): Promise<{ openMinor: number; freedMinor: number }> {
    if (booked.plan.kind === 'exGratia') return this.giveGoodwill(tenantId, booked);
    const { creditNoteId, invoice, plan, at, on, tenant } = booked;
    const state = await this.receivables.load(tenantId, [], [invoice._id]);
    const item = state.items.get(invoice._id);
    if (!item) throw new Error(`Invoice ${invoice._id} is not final`);
    const isFull = plan.kind === 'full';
    const ownMinor = offInvoiceMinor(plan);
    const openMinor = Math.min(ownMinor, isFull ? item.openMinor : item.openMinor - item.feesOpenMinor);
    const freedMinor = ownMinor - openMinor;
    const live = await this.allocations.liveOf(tenantId, invoice._id);
    const needed = { neededMinor: freedMinor, keepFees: !isFull };
    const freed = freeMoney(item, live, needed, newAllocationId);
    const after = adjusted(freed.item, -ownMinor, isFull ? -freed.item.feesOpenMinor : 0);
    const about = { accountId: invoice.accountId, invoiceId: invoice._id, currency: invoice.currency };
    const posting = draftPosting(`${creditNoteId}/creditNote`, 'creditNote', creditAmounts(plan), about);
    const deviceMinor = plan.device?.accountCreditMinor ?? 0;
    const device = draftPosting(
      `${creditNoteId}/deviceCredit`,
      'deviceCredit',
      { amount: deviceMinor },
      about,
    );
    await this.postings.append(
      tenantId,
      [...freed.postings, posting, device].map(
        postedAt(tenantId, at, tenant.zone, `credit note ${creditNoteId}`),
      ),
    );
    await this.keepAllocations(tenantId, booked, freed);
    state.items.set(invoice._id, after);
    await this.receivables.save(tenantId, at, state, new Set([invoice._id]));
    await this.markCredited(tenantId, invoice, plan, after);
    await this.schedules.credit(tenantId, invoice._id, plan.lines, { on, cause: creditNoteId });
    return { openMinor, freedMinor: freedMinor + deviceMinor };
  }

  private async giveGoodwill(tenantId: string, { creditNoteId, invoice, plan, at, tenant }: Booked) {
    const about = { accountId: invoice.accountId, invoiceId: null, currency: invoice.currency };
    const amounts = { amount: plan.totalMinor };
    const posting = draftPosting(`${creditNoteId}/exGratiaCredit`, 'exGratiaCredit', amounts, about);
    await this.postings.append(
      tenantId,
      [posting].map(postedAt(tenantId, at, tenant.zone, `credit note ${creditNoteId}`)),
    );
    return { openMinor: 0, freedMinor: plan.totalMinor };
  }

  private async keepAllocations(tenantId: string, { creditNoteId, at }: Booked, freed: FreedMoney) {
    const undone = { at, by: 'credit note', reason: creditNoteId };
    for (const { allocationId } of freed.undone)
      await this.allocations.markUndone(tenantId, allocationId, undone);
    await this.allocations.insertMany(tenantId, at, freed.placed);
    const payments = await this.payments.findMany(
      tenantId,
      freed.credit.map(({ paymentId }) => paymentId),
    );
    const credit = (paymentId: string) =>
      freed.credit
        .filter((each) => each.paymentId === paymentId)
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    await this.payments.change(
      tenantId,
      payments.map(({ paymentId, creditMinor }) => ({
        paymentId,
        creditMinor: creditMinor + credit(paymentId),
      })),
    );
  }

  /** Only the invoice as it was read: whoever credits it at the same time starts over, and finds less left. */
  private async markCredited(
    tenantId: string,
    invoice: InvoiceRow,
    plan: CreditPlan,
    { openMinor }: OpenItem,
  ): Promise<void> {
    const sums = new Map((invoice.credited ?? []).map(({ lineNo, netMinor }) => [lineNo, netMinor]));
    for (const { lineNo, netMinor } of plan.lines) sums.set(lineNo, (sums.get(lineNo) ?? 0) + netMinor);
    const credited = [...sums].map(([lineNo, netMinor]) => ({ lineNo, netMinor }));
    const state = cancels(plan) ? ('cancelled' as const) : ('finalized' as const);
    const done = await this.invoices.markCredited(
      tenantId,
      { invoiceId: invoice._id, revision: invoice.revision + 1, openMinor },
      { credited, state },
    );
    if (!done)
      throw conflict(
        'invoiceChanged',
        `Invoice ${invoice._id} changed meanwhile.`,
        'Ask again: what is left of it is shown with it.',
      );
  }
}
