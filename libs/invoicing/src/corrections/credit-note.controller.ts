import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  conflict,
  CurrentPrincipal,
  idField,
  pageOf,
  pageQuery,
  type Principal,
  Storage,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { pdfFile, readsDocuments, visibleCreditNote } from '../invoices/document-access';
import { CreditNoteRepository } from './credit-note.repository';
import { noteView, summaryView } from './credit-note-view';
import { creditNoteKinds } from './domain/credit-note';

class CreditNoteQuery extends createZodDto(
  pageQuery.extend({
    accountId: idField.optional(),
    invoiceId: z.string().min(1).max(256).optional(),
    kind: z.enum(creditNoteKinds).optional(),
    number: z.string().max(64).optional(),
  }),
) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/credit-notes')
export class CreditNoteController {
  constructor(
    private readonly notes: CreditNoteRepository,
    private readonly storage: Storage,
  ) {}

  @Get()
  @Allow(readsDocuments)
  @ApiOperation({
    summary: 'List credit notes, newest first',
    description:
      'Amounts as `{ minor, currency }`, above 0: what the customer gets back. Subscribers see their own.',
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() { limit, startingAfter, ...filter }: CreditNoteQuery,
  ) {
    const visible =
      principal.kind === 'subscriber' ? { ...filter, accountId: principal.accountId ?? '' } : filter;
    const { data, hasMore } = pageOf(
      await this.notes.list(principal.tenantId, visible, limit + 1, startingAfter),
      limit,
    );
    return { data: data.map(summaryView), hasMore };
  }

  @Get(':creditNoteId')
  @Allow(readsDocuments)
  @ApiOperation({
    summary: 'A credit note with its lines and taxes',
    description:
      '`offOpenAmount` is what the invoice asks for less, `freed` what had been paid and came back. `since` of a full credit note: late fees let go, reductions of the invoice as a whole that were granted before. `parts` of a tax name the lines of the invoice.',
  })
  async show(@CurrentPrincipal() principal: Principal, @Param('creditNoteId') creditNoteId: string) {
    return noteView(
      await visibleCreditNote(this.notes, principal, creditNoteId),
      principal.kind !== 'subscriber',
    );
  }

  @Get(':creditNoteId/pdf')
  @Allow(readsDocuments)
  @ApiProduces('application/pdf')
  @ApiOperation({ summary: 'The credit note as PDF', description: '409 `notRendered` until it is printed.' })
  async pdf(
    @CurrentPrincipal() principal: Principal,
    @Param('creditNoteId') creditNoteId: string,
  ): Promise<StreamableFile> {
    const { pdf, number } = await visibleCreditNote(this.notes, principal, creditNoteId);
    if (!pdf)
      throw conflict('notRendered', 'This credit note has no PDF yet.', 'It is printed a moment after.');
    return pdfFile(this.storage, pdf, number);
  }
}
