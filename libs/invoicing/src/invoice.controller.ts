import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
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
import { InvoiceRepository } from './invoice.repository';
import type { InvoiceRow } from './invoice.schema';

class InvoiceQuery extends createZodDto(
  pageQuery.extend({
    accountId: idField.optional(),
    runId: idField.optional(),
    state: z.enum(['draft', 'finalized', 'void']).optional(),
    paymentState: z.enum(['open', 'partiallyPaid', 'paid']).optional(),
    number: z.string().max(64).optional(),
  }),
) {}

const read = {
  roles: ['billing' as const, 'care' as const, 'finance' as const, 'auditor' as const],
  scope: 'invoicing:read' as const,
  subscriber: true,
};

@ApiTags('invoicing')
@Controller('v1/invoicing/invoices')
export class InvoiceController {
  constructor(
    private readonly invoices: InvoiceRepository,
    private readonly storage: Storage,
  ) {}

  @Get()
  @Allow(read)
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
        ? { ...filter, accountId: principal.accountId ?? '', state: 'finalized' as const }
        : filter;
    const { data, hasMore } = pageOf(
      await this.invoices.list(principal.tenantId, visible, limit + 1, startingAfter),
      limit,
    );
    return { data: data.map(summary), hasMore };
  }

  @Get(':invoiceId')
  @Allow(read)
  @ApiOperation({
    summary: 'An invoice with its lines and taxes',
    description:
      "Quantities in seconds, messages or bytes; `amountMicro` is the exact usage amount in millionths of the major unit before the line's one rounding. `exemptions` name the certificates that freed charges of a tax; a line of what was charged in advance and is given back is negative.",
  })
  async show(@CurrentPrincipal() principal: Principal, @Param('invoiceId') invoiceId: string) {
    const invoice = await this.visible(principal, invoiceId);
    const { customer, lines, taxes, exemptions = [], currency } = invoice;
    return {
      ...summary(invoice),
      customer,
      lines: lines.map(({ amountMinor, ...line }) => ({ ...line, amount: { minor: amountMinor, currency } })),
      taxes: taxes.map(({ amountMinor, baseMinor, ...tax }) => ({
        ...tax,
        base: { minor: baseMinor, currency },
        amount: { minor: amountMinor, currency },
      })),
      exemptions: exemptions.map(({ baseMinor, ...exemption }) => ({
        ...exemption,
        base: { minor: baseMinor, currency },
      })),
    };
  }

  @Get(':invoiceId/pdf')
  @Allow(read)
  @ApiProduces('application/pdf')
  @ApiOperation({
    summary: 'The invoice as PDF',
    description: '409 `notRendered` until the run has printed it.',
  })
  async pdf(
    @CurrentPrincipal() principal: Principal,
    @Param('invoiceId') invoiceId: string,
  ): Promise<StreamableFile> {
    const { pdf, number } = await this.visible(principal, invoiceId);
    if (!pdf)
      throw conflict(
        'notRendered',
        'This invoice has no PDF yet.',
        'It is printed while its run is delivering.',
      );
    return new StreamableFile(await this.storage.readDocument(pdf), {
      type: 'application/pdf',
      disposition: `inline; filename="${number}.pdf"`,
    });
  }

  private async visible({ tenantId, kind, accountId }: Principal, invoiceId: string): Promise<InvoiceRow> {
    const invoice = await this.invoices.find(tenantId, invoiceId);
    const hidden =
      kind === 'subscriber' && (invoice?.accountId !== accountId || invoice?.state !== 'finalized');
    if (!invoice || hidden) throw notFound('invoice', invoiceId);
    return invoice;
  }
}

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
  };
}
