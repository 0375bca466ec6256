import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { creditorReferenceOf } from '@tollkeeper/contracts';
import {
  Allow,
  conflict,
  CurrentPrincipal,
  idField,
  notFound,
  pageOf,
  pageQuery,
  type Principal,
  Storage,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { pdfFile, readsDocuments, visibleInvoice } from './document-access';
import type { BillLine } from '../domain/bill';
import { explainLine } from '../domain/explain-line';
import { explainTaxes } from '../domain/explain-taxes';
import { netOf } from '../domain/line-parts';
import { taxView } from './invoice-tax-view';
import { InvoiceRepository } from './invoice.repository';
import { type InvoiceRow, type InvoiceState, issuedStates } from './invoice.schema';

class InvoiceQuery extends createZodDto(
  pageQuery.extend({
    accountId: idField.optional(),
    runId: idField.optional(),
    state: z.enum(['draft', 'finalized', 'cancelled', 'void']).optional(),
    paymentState: z.enum(['open', 'partiallyPaid', 'paid']).optional(),
    number: z.string().max(64).optional(),
  }),
) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/invoices')
export class InvoiceController {
  constructor(
    private readonly invoices: InvoiceRepository,
    private readonly storage: Storage,
  ) {}

  @Get()
  @Allow(readsDocuments)
  @ApiOperation({
    summary: 'List invoices, newest first',
    description:
      'Amounts as `{ minor, currency }`; `periodTo` is the first day after the period. Subscribers see the final invoices of their own account.',
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() { limit, startingAfter, ...filter }: InvoiceQuery,
  ) {
    const visible =
      principal.kind === 'subscriber'
        ? { ...filter, accountId: principal.accountId ?? '', state: seenBy(filter.state) }
        : filter;
    const { data, hasMore } = pageOf(
      await this.invoices.list(principal.tenantId, visible, limit + 1, startingAfter),
      limit,
    );
    return { data: data.map(summary), hasMore };
  }

  @Get(':invoiceId')
  @Allow(readsDocuments)
  @ApiOperation({
    summary: 'An invoice with its lines and taxes',
    description:
      "Quantities in seconds, messages or bytes; `amountMicro` is the exact usage amount in millionths of the major unit before the line's one rounding. `exemptions` name the certificates that freed charges of a tax; a line of what was charged in advance and is given back is negative. `amount` is before the line's `discounts`, `net` after them; `discounts` of the bill name each promotion, what it took off per tax code and which of its uses this is; lines, discounts, recovery fees and tax add up to the total. Each tax says its law, rate, base, rounding, the day whose rate it is, and its parts by charge (`3`, `3/<component>` of a bundle) or line and month (`line/<subscription>/2026-03`); `untaxed` says what is not taxed and why; `supply` where the service is taxed and on which evidence. A bundle's line is divided by revenue and by tax (`allocation`); `corrects` names days of an earlier bill that were rated again.",
  })
  async show(@CurrentPrincipal() principal: Principal, @Param('invoiceId') invoiceId: string) {
    const invoice = await visibleInvoice(this.invoices, principal, invoiceId);
    const { customer, lines, discounts = [], currency } = invoice;
    const lineView = ({ amountMinor, ...line }: BillLine) => ({
      ...line,
      amount: { minor: amountMinor, currency },
      net: { minor: netOf({ amountMinor, ...line }), currency },
    });
    return {
      ...summary(invoice),
      customer,
      lines: lines.map(lineView),
      discounts: discounts.map(({ amountMinor, ...each }) => ({
        ...each,
        amount: { minor: amountMinor, currency },
      })),
      ...taxView(invoice),
    };
  }

  @Get(':invoiceId/lines/:lineNo/explanation')
  @Allow(readsDocuments)
  @ApiOperation({
    summary: 'How the amount of a line came about',
    description:
      'Step by step, as data and as a sentence: the price and its version (list, announced, agreed with the customer, placed by hand), days billed of the days of the period, what is corrected, each promotion, the amount before tax, how a bundle is divided by revenue and by tax, and which part of each tax and fee it bears (`levy`: rate, the day whose rate it is, base, rounding, law). Amounts in minor units; 404 for a line that the invoice has not.',
  })
  async explain(
    @CurrentPrincipal() principal: Principal,
    @Param('invoiceId') invoiceId: string,
    @Param('lineNo') lineNo: string,
  ) {
    const invoice = await visibleInvoice(this.invoices, principal, invoiceId);
    const { lines, discounts, currency } = invoice;
    const line = lines.find((each) => String(each.lineNo) === lineNo);
    if (!line) throw notFound('line', `${invoiceId} ${lineNo}`);
    const explained = [...explainLine(line, currency, discounts), ...explainTaxes(line, invoice)];
    const steps = explained.map(({ amountMinor, ...step }) => ({
      ...step,
      amount: { minor: amountMinor, currency },
    }));
    return { invoiceId, lineNo: line.lineNo, description: line.description, steps };
  }

  @Get(':invoiceId/pdf')
  @Allow(readsDocuments)
  @ApiProduces('application/pdf')
  @ApiOperation({
    summary: 'The invoice as PDF',
    description: '409 `notRendered` until the run has printed it.',
  })
  async pdf(
    @CurrentPrincipal() principal: Principal,
    @Param('invoiceId') invoiceId: string,
  ): Promise<StreamableFile> {
    const { pdf, number } = await visibleInvoice(this.invoices, principal, invoiceId);
    if (!pdf)
      throw conflict(
        'notRendered',
        'This invoice has no PDF yet.',
        'It is printed while its run is delivering.',
      );
    return pdfFile(this.storage, pdf, number);
  }
}

/** Subscribers see what was issued, whatever they ask for. */
const seenBy = (asked: InvoiceState | undefined) => ({
  $in: asked ? issuedStates.filter((state) => state === asked) : issuedStates,
});

function summary(invoice: InvoiceRow) {
  const {
    _id,
    number,
    kind,
    state,
    paymentState,
    revision,
    accountId,
    cycleId,
    runId,
    periodFrom,
    periodTo,
    issuedOn,
    dueOn,
    draftedAt,
    finalizedAt,
    pdf,
    currency,
  } = invoice;
  const money = (minor: number) => ({ minor, currency });
  return {
    id: _id,
    number,
    creditorReference: number ? creditorReferenceOf(number) : null,
    kind,
    state,
    paymentState,
    revision,
    accountId,
    cycleId,
    runId,
    periodFrom,
    periodTo,
    issuedOn,
    dueOn,
    draftedAt,
    finalizedAt,
    hasPdf: pdf !== null,
    net: money(invoice.netMinor),
    tax: money(invoice.taxMinor),
    total: money(invoice.totalMinor),
    open: money(invoice.openMinor),
    creditApplied: money(invoice.creditAppliedMinor),
    feesOpen: money(invoice.feesOpenMinor),
    adjusted: money(invoice.adjustedMinor),
    writtenOff: invoice.writeOff !== null,
    credited: (invoice.credited ?? []).map(({ lineNo, netMinor }) => ({ lineNo, net: money(netMinor) })),
    replaces: invoice.replaces ?? null,
    replacedBy: invoice.replacedBy ?? null,
  };
}
