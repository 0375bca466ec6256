import { Body, Controller, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, type Principal, reasonField } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import type { Bill } from '../domain/bill';
import { netOf } from '../domain/line-parts';
import { summaryView } from './credit-note-view';
import { correctable, ReissueService } from './reissue.service';

class ReissueRequest extends createZodDto(
  z.strictObject({
    use: z
      .array(z.enum(correctable))
      .max(correctable.length)
      .default([])
      .describe(
        'What is taken as it is known today, corrected at its owner before; all else is as it was frozen for the bill.',
      ),
    reason: reasonField,
  }),
) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/invoices')
export class ReissueController {
  constructor(private readonly reissues: ReissueService) {}

  @Post(':invoiceId/reissue')
  @UseInterceptors(Idempotent)
  @Allow({ roles: ['billing', 'finance'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Issue a corrected bill in the place of a wrong one',
    description:
      'A full credit note cancels the invoice, and a new one, recomputed by the rules of the day of the first, takes its place: `difference` is what the customer owes more (above 0) or less. Usage is billed as it was. What had been paid pays the new one as account credit. Documents name each other; Directive 2006/112/EC Art. 219. 409 where nothing is left to bill, for bills of kind `onDemand`, `oneOff` and `lateUsage` (`notReissuable`), or where the new bill lacks what the law requires; nothing is written then.',
  })
  async reissue(
    @CurrentPrincipal() principal: Principal,
    @Param('invoiceId') invoiceId: string,
    @Body() { use, reason }: ReissueRequest,
  ) {
    const { creditNote, invoice } = await this.reissues.reissue(principal, invoiceId, { use, reason });
    const { currency } = invoice;
    return {
      creditNote: summaryView(creditNote),
      invoice: { id: invoice._id, number: invoice.number, ...billView(invoice) },
      difference: { minor: invoice.totalMinor - creditNote.totalMinor, currency },
    };
  }

  @Post(':invoiceId/reissue/preview')
  @HttpCode(200)
  @Allow({ roles: ['billing', 'finance', 'care'], scope: 'invoicing:read' })
  @ApiOperation({
    summary: 'What a corrected bill would say',
    description: 'The function of the reissue itself; nothing is written, no number taken.',
  })
  async preview(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param('invoiceId') invoiceId: string,
    @Body() { use }: ReissueRequest,
  ) {
    const { bill, invoice } = await this.reissues.preview(tenantId, invoiceId, use);
    return {
      invoice: billView(bill),
      difference: { minor: bill.totalMinor - invoice.totalMinor, currency: bill.currency },
    };
  }
}

function billView({ lines, taxes, netMinor, taxMinor, totalMinor, currency }: Bill) {
  const money = (minor: number) => ({ minor, currency });
  return {
    lines: lines.map((line) => ({
      lineNo: line.lineNo,
      description: line.description,
      from: line.from,
      to: line.to,
      net: money(netOf(line)),
    })),
    taxes: taxes.map(({ taxId, name, amountMinor }) => ({ taxId, name, amount: money(amountMinor) })),
    net: money(netMinor),
    tax: money(taxMinor),
    total: money(totalMinor),
  };
}
