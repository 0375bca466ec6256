import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '@tollkeeper/platform';
import { CreditNoteRepository } from '../corrections/credit-note.repository';
import { noteView } from '../corrections/credit-note-view';
import { readsDocuments, visibleCreditNote, visibleInvoice } from './document-access';
import { creditSentence, languageOf, lineSentence, taxSentence } from '../domain/sentences';
import { InvoiceRepository } from './invoice.repository';
import { taxView } from './invoice-tax-view';

@ApiTags('invoicing')
@Controller('v1/invoicing')
export class ExplanationController {
  constructor(
    private readonly invoices: InvoiceRepository,
    private readonly notes: CreditNoteRepository,
  ) {}

  @Get('invoices/:invoiceId/explanation')
  @Allow(readsDocuments)
  @ApiOperation({
    summary: 'Every line and tax of an invoice in a sentence',
    description:
      "In the customer's language (English, German; others read English), each tax with the data behind it: law, rate, base, rounding, parts by charge. A line's steps: `lines/{lineNo}/explanation`.",
  })
  async invoice(@CurrentPrincipal() principal: Principal, @Param('invoiceId') invoiceId: string) {
    const invoice = await visibleInvoice(this.invoices, principal, invoiceId);
    const { lines, taxes, recoveryFees = [], currency } = invoice;
    const language = languageOf(invoice.customer.language);
    const said = (all: typeof taxes) => all.map((tax) => taxSentence(tax, currency, language));
    const view = taxView(invoice);
    return {
      invoiceId,
      language,
      lines: lines.map((line) => ({
        lineNo: line.lineNo,
        sentence: lineSentence(line, currency, language),
      })),
      taxes: view.taxes.map((tax, at) => ({ sentence: said(taxes)[at], ...tax })),
      recoveryFees: view.recoveryFees.map((fee, at) => ({ sentence: said(recoveryFees)[at], ...fee })),
    };
  }

  @Get('credit-notes/:creditNoteId/explanation')
  @Allow(readsDocuments)
  @ApiOperation({
    summary: 'A credit note in a sentence, with the data behind it',
    description: "In the customer's language (English, German; others read English).",
  })
  async creditNote(@CurrentPrincipal() principal: Principal, @Param('creditNoteId') creditNoteId: string) {
    const note = await visibleCreditNote(this.notes, principal, creditNoteId);
    const language = languageOf(note.customer.language);
    return {
      creditNoteId,
      language,
      sentence: creditSentence(note, language),
      ...noteView(note, principal.kind !== 'subscriber'),
    };
  }
}
