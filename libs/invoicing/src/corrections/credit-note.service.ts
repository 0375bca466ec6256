import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import { creditRefundIdOf, creditRefundWanted, refund, type TenantProfile } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  newId,
  notFound,
  Outbox,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import { formatNumber } from '../domain/invoice-numbers';
import { InvoiceRepository } from '../invoices/invoice.repository';
import type { InvoiceRow } from '../invoices/invoice.schema';
import { BilledBeforeRepository } from '../runs/billed-before.repository';
import { PostingRepository } from '../ledger/posting.repository';
import { NumberRangeRepository } from '../invoices/number-range.repository';
import { SellerRepository } from '../sellers/seller.repository';
import { CreditBooksService } from './credit-books.service';
import { CreditNoteRepository } from './credit-note.repository';
import type { CreditNoteRow } from './credit-note.schema';
import { type CreditNoteKind, type CreditPlan, isRefused } from './domain/credit-note';
import { sinceLeft, sinceOf } from './domain/credit-posting';
import { type GivenBackLine, givenBackByLine, lineKey } from './domain/given-back-lines';
import { type AskedLine, planExGratia, planFull, planPartial } from './domain/plan-credit';

export interface CreditRequest {
  kind: CreditNoteKind;
  lines: AskedLine[];
  /** Of an ex-gratia credit. */
  amountMinor: number | null;
  payOut: boolean;
  reason: string;
}

export const creditNoteSeries = 'creditNote';

/** Decides by the rules of the domain, numbers, and has it written with all that it touches in one transaction. */
@Injectable()
export class CreditNoteService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly notes: CreditNoteRepository,
    private readonly invoices: InvoiceRepository,
    private readonly billed: BilledBeforeRepository,
    private readonly postings: PostingRepository,
    private readonly books: CreditBooksService,
    private readonly ranges: NumberRangeRepository,
    private readonly sellers: SellerRepository,
    private readonly copies: CopyRepository,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** The same decision as the credit note itself; nothing is written. */
  async preview(tenantId: string, invoiceId: string, request: CreditRequest) {
    const invoice = await this.creditable(tenantId, invoiceId);
    refuseDevices(invoice, request);
    return { invoice, plan: await this.plan(tenantId, invoice, request) };
  }

  async issue(principal: Principal, invoiceId: string, request: CreditRequest): Promise<CreditNoteRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const tenant = await this.seller(tenantId);
    return this.db.transaction(async () => {
      const invoice = await this.creditable(tenantId, invoiceId);
      refuseDevices(invoice, request);
      const plan = await this.plan(tenantId, invoice, request);
      return this.write(principal, { invoice, plan, request, at, tenant, reissuedAs: null });
    });
  }

  /** Within a transaction: a reissue cancels the invoice whose place the new one takes. */
  async write(
    principal: Principal,
    given: {
      invoice: InvoiceRow;
      plan: CreditPlan;
      request: CreditRequest;
      at: Instant;
      tenant: TenantProfile;
      reissuedAs: string | null;
    },
  ): Promise<CreditNoteRow> {
    const { invoice, plan, request, at, tenant, reissuedAs } = given;
    const { tenantId } = principal;
    const creditNoteId = newId('crn');
    const on = localDateOf(at, tenant.zone);
    const settlement = await this.books.book(tenantId, { creditNoteId, invoice, plan, at, on, tenant });
    const note: CreditNoteRow = {
      _id: creditNoteId,
      number: await this.number(tenantId, creditNoteId),
      ...plan,
      accountId: invoice.accountId,
      invoiceId: invoice._id,
      invoiceNumber: invoice.number ?? '',
      customer: invoice.customer,
      currency: invoice.currency,
      ...settlement,
      payOut: request.payOut,
      reissuedAs,
      reason: request.reason,
      by: principal.name,
      at,
      issuedOn: on,
      pdf: null,
    };
    await this.notes.insert(tenantId, note);
    if (request.payOut) await this.payOut(tenantId, invoice.accountId, creditNoteId, at);
    await this.outbox.tell(tenantId, at, 'documentIssued', [{ document: 'creditNote', id: creditNoteId }]);
    await this.audit.record(principal, {
      at,
      what: 'issueCreditNote',
      entity: creditNoteId,
      after: {
        invoiceId: invoice._id,
        kind: plan.kind,
        number: note.number,
        totalMinor: plan.totalMinor,
        currency: invoice.currency,
      },
      reason: request.reason,
    });
    return note;
  }

  /** `reissued`: the new bill charges what later bills gave back of the first one, so all of that is credited. */
  async plan(
    tenantId: string,
    invoice: InvoiceRow,
    request: CreditRequest,
    reissued = false,
  ): Promise<CreditPlan> {
    const posted = await this.postings.ofInvoice(tenantId, invoice._id);
    const notes = await this.notes.ofInvoice(tenantId, invoice._id);
    const creditable = {
      ...invoice,
      credited: invoice.credited ?? [],
      creditedLevies: notes.flatMap(({ taxes, recoveryFees = [] }) => [...taxes, ...recoveryFees]),
      returned: reissued ? [] : await this.returned(tenantId, invoice),
      since: sinceLeft(sinceOf(posted), notes),
    };
    const goodwill = notes
      .filter(({ kind }) => kind === 'exGratia')
      .reduce((sum, { totalMinor }) => sum + totalMinor, 0);
    const outcome =
      request.kind === 'full'
        ? planFull(creditable)
        : request.kind === 'partial'
          ? planPartial(creditable, request.lines)
          : planExGratia(creditable, request.amountMinor ?? 0, goodwill);
    if (isRefused(outcome)) throw badInput(outcome.field, `Not credited: ${outcome.reason}.`, outcome.hint);
    return outcome;
  }

  /** What a later bill gave back of a line is not credited once more. */
  private async returned(tenantId: string, { _id, accountId, lines }: InvoiceRow): Promise<GivenBackLine[]> {
    const found = givenBackByLine(await this.billed.chargeBills(tenantId, [accountId]));
    return lines.flatMap(({ lineNo }) => {
      const { returns: _returns, ...line } = found.get(lineKey(_id, lineNo)) ?? { returns: [], netMinor: 0 };
      return 'lineNo' in line ? [line] : [];
    });
  }

  async creditable(tenantId: string, invoiceId: string): Promise<InvoiceRow> {
    const invoice = await this.invoices.find(tenantId, invoiceId);
    if (!invoice) throw notFound('invoice', invoiceId);
    if (invoice.state !== 'finalized')
      throw conflict(
        'notCreditable',
        `Invoice ${invoiceId} is ${invoice.state}.`,
        invoice.state === 'cancelled'
          ? 'It has been credited in full: there is nothing left of it.'
          : 'Only a final invoice can be credited; a draft is skipped or its run is rejected.',
      );
    if (invoice.writeOff)
      throw conflict(
        'writtenOff',
        `Invoice ${invoiceId} is written off.`,
        'Its tax is relieved by badDebtRelief; what comes in is a recovery.',
      );
    if (invoice.totalMinor < 0)
      throw conflict(
        'negativeTotal',
        `Invoice ${invoiceId} gives back itself: it became account credit.`,
        'Place a one-off charge for what was given back too much.',
      );
    return invoice;
  }

  async seller(tenantId: string): Promise<TenantProfile> {
    const tenant = await this.copies.tenant(tenantId);
    if (tenant) return tenant;
    throw conflict(
      'operatorUnknown',
      "The operator's profile has not arrived here yet.",
      'Try again in a moment.',
    );
  }

  /** In the transaction of the note: a refusal leaves no gap. */
  private async number(tenantId: string, creditNoteId: string): Promise<string> {
    const { creditNotePrefix = 'CN-', digits } = await this.sellers.find(tenantId);
    const { first } = await this.ranges.take(tenantId, creditNoteSeries, creditNoteId, [creditNoteId]);
    return formatNumber({ prefix: creditNotePrefix, digits }, first);
  }

  /** The account's whole credit, by the ways it came; one refund of an account at a time. */
  private async payOut(tenantId: string, accountId: string, requestKey: string, at: Instant): Promise<void> {
    const event = { eventId: requestKey, at };
    await this.outbox.signal(tenantId, creditRefundIdOf(tenantId, accountId), creditRefundWanted, event);
    await this.outbox.start(refund, [{ tenantId, at, accountId, requestKey, wholeCredit: true }]);
  }
}

/** Without a bill in its place, a debt for a device would be nowhere. */
function refuseDevices({ _id, devices }: InvoiceRow, { kind }: CreditRequest): void {
  if (kind === 'full' && devices)
    throw conflict(
      'deviceOnBill',
      `Invoice ${_id} has a device on instalments.`,
      'Reissue the invoice, credit its other lines, or credit or take back the device by its instalment plan.',
    );
}
