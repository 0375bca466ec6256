import { Body, Controller, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  Idempotent,
  type Principal,
  reasonField,
  refuseFindings,
} from '@tollkeeper/platform';
import { amountField } from '../amount-field';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { CreditNoteService, type CreditRequest } from './credit-note.service';
import { noteView, planView } from './credit-note-view';
import { creditNoteKinds } from './domain/credit-note';

class CreditNoteRequest extends createZodDto(
  z.strictObject({
    kind: z
      .enum(creditNoteKinds)
      .describe('`full` cancels the invoice; `partial` lowers lines; `exGratia` is goodwill without tax.'),
    lines: z
      .array(
        z.strictObject({
          lineNo: z.number().int().min(1),
          amount: amountField.optional().describe('Before tax. Without it and without `quantity`: all left.'),
          quantity: z.number().int().min(1).optional().describe('Of the line; not together with `amount`.'),
        }),
      )
      .min(1)
      .max(500)
      .optional()
      .describe('Of `partial` only.'),
    amount: amountField.optional().describe('Of `exGratia` only.'),
    payOut: z
      .boolean()
      .default(false)
      .describe('What had been paid is paid back, by the ways it came, with all of the account’s credit.'),
    reason: reasonField,
  }),
) {}

const write = { roles: ['billing' as const, 'finance' as const], scope: 'invoicing:write' as const };

@ApiTags('invoicing')
@Controller('v1/invoicing/invoices')
export class InvoiceCreditController {
  constructor(private readonly creditNotes: CreditNoteService) {}

  @Post(':invoiceId/credit-notes')
  @UseInterceptors(Idempotent)
  @Allow(write)
  @ApiOperation({
    summary: 'Credit an invoice, in whole or in part',
    description:
      'Amounts in minor units. `partial`: per line an amount before tax, a quantity, or all that is left; each tax falls at the rate of the invoice with its line, fees that the law keeps stay (Directive 2006/112/EC Art. 90, 203; 47 CFR 54.712). `full`: all that is left, the invoice is `cancelled`; where later bills gave days of its lines back (`givenBack` says which and how much), only the rest is credited and the invoice stays, for that much is owed on it. `exGratia`: account credit as goodwill, no tax. The open amount goes down first; what had been paid becomes account credit, or goes back to the payer with `payOut`. 422 names what is left of a line, 409 an invoice that cannot be credited; nothing is written then.',
  })
  async issue(
    @CurrentPrincipal() principal: Principal,
    @Param('invoiceId') invoiceId: string,
    @Body() body: CreditNoteRequest,
  ) {
    const { currency } = await this.creditNotes.creditable(principal.tenantId, invoiceId);
    return noteView(await this.creditNotes.issue(principal, invoiceId, requestOf(body, currency)), true);
  }

  @Post(':invoiceId/credit-notes/preview')
  @HttpCode(200)
  @Allow({ roles: ['billing', 'finance', 'care'], scope: 'invoicing:read' })
  @ApiOperation({
    summary: 'What a credit note would say',
    description: 'The function of the credit note itself, same request; nothing is written, no number taken.',
  })
  async preview(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param('invoiceId') invoiceId: string,
    @Body() body: CreditNoteRequest,
  ) {
    const { currency } = await this.creditNotes.creditable(tenantId, invoiceId);
    const { plan } = await this.creditNotes.preview(tenantId, invoiceId, requestOf(body, currency));
    return planView(plan, currency);
  }
}

function requestOf(
  { kind, lines = [], amount, payOut, reason }: CreditNoteRequest,
  currency: string,
): CreditRequest {
  const amounts = [
    ...(amount ? [{ field: 'amount.currency', money: amount }] : []),
    ...lines.flatMap((line, at) =>
      line.amount ? [{ field: `lines.${at}.amount.currency`, money: line.amount }] : [],
    ),
  ];
  refuseFindings(
    [
      ...wanted('lines', lines.length > 0, kind === 'partial', kind),
      ...wanted('amount', amount !== undefined, kind === 'exGratia', kind),
      ...lines.flatMap((line, at) =>
        line.amount && line.quantity !== undefined
          ? [{ field: `lines.${at}.quantity`, reason: 'an amount is given: leave one of them out' }]
          : [],
      ),
      ...amounts
        .filter(({ money }) => money.currency !== currency)
        .map(({ field }) => ({ field, reason: `the invoice is in ${currency}` })),
    ],
    'Lines are for `partial`, an amount is for `exGratia`; `full` takes neither.',
  );
  return {
    kind,
    lines: lines.map(({ lineNo, quantity, ...line }) => ({
      lineNo,
      ...(line.amount ? { amountMinor: line.amount.minor } : {}),
      ...(quantity === undefined ? {} : { quantity }),
    })),
    amountMinor: amount?.minor ?? null,
    payOut,
    reason,
  };
}

const wanted = (field: string, isGiven: boolean, isNeeded: boolean, kind: string) =>
  isGiven === isNeeded ? [] : [{ field, reason: isNeeded ? `${kind} needs it` : `${kind} takes none` }];
