import { Controller, Get, HttpStatus, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  bodyChunks,
  CurrentPrincipal,
  notFound,
  pageOf,
  type Principal,
  Problem,
} from '@tollkeeper/platform';
import type { Request, Response } from 'express';
import { IdParams, PageQuery } from '../payments-requests';
import { BankEntryRepository } from './bank-entry.repository';
import { StatementImportService } from './statement-import.service';
import { StatementQuery } from './statement-requests';
import { statementImportView } from './statement-views';

/** A file of camt.053 is read while it arrives, one of CSV as a whole: 100,000 entries fit in either. */
const mostBytes = { 'camt.053': 200_000_000, csv: 32_000_000 };

@ApiTags('payments')
@Controller('v1/payments/bank-statements')
export class StatementImportController {
  constructor(
    private readonly imports: StatementImportService,
    private readonly entries: BankEntryRepository,
  ) {}

  @Post()
  @Allow({ roles: ['billing', 'finance'], scope: 'payments:write' })
  @ApiConsumes('text/csv', 'application/xml')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOperation({
    summary: 'Import a bank’s statements',
    description:
      'The body is the file: camt.053 (ISO 20022, any version) as application/xml, or CSV as text/csv with `bankAccountId`, at most 100,000 entries, in 200 MB of camt.053 or 32 MB of CSV (413 `tooLarge`, 422 beyond: send it in parts). It is taken whole or not at all: 422 names each statement, entry or line that cannot be read, an account that is not the operator’s, balances that do not add up, a date to come; a document type or entities are refused. Answers 202; the entries are then unpacked, matched and booked in the file’s order. The same file again answers 200 with the import that it was; entries that another file brought are `known` and change nothing. Card numbers in texts are masked and the entry is flagged.',
  })
  async receive(
    @CurrentPrincipal() principal: Principal,
    @Query() query: StatementQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const format = request.is(['application/xml', 'text/xml'])
      ? 'camt.053'
      : request.is('text/csv')
        ? 'csv'
        : null;
    if (format === null) throw unreadable();
    const bytes = bodyChunks(request, mostBytes[format]);
    const { fileName, bankAccountId } = query;
    const file = { bytes, format, fileName, bankAccountId: bankAccountId ?? null } as const;
    const { row, isNew } = await this.imports.receive(principal, file);
    response.status(isNew ? HttpStatus.ACCEPTED : HttpStatus.OK);
    return statementImportView(row, await this.entries.tally(principal.tenantId, row._id));
  }

  @Get()
  @Allow({ roles: ['billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({ summary: 'Imported statements, newest first' })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() page: PageQuery) {
    const rows = await this.entries.listImports(tenantId, page);
    return pageOf(
      rows.map((row) => statementImportView(row)),
      page.limit,
    );
  }

  @Get(':id')
  @Allow({ roles: ['billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({
    summary: 'What became of a file of statements',
    description:
      '`sums`: entries and amounts by direction and state; `state` is `completed` once all are decided.',
  })
  async one(@CurrentPrincipal() { tenantId }: Principal, @Param() { id }: IdParams) {
    const row = await this.entries.importOf(tenantId, id);
    if (!row) throw notFound('statement import', id);
    return statementImportView(row, await this.entries.tally(tenantId, id));
  }
}

const unreadable = (): Problem =>
  new Problem({
    code: 'unsupportedMediaType',
    status: 415,
    title: 'Not a statement',
    detail: 'Send the file as the body, with Content-Type: application/xml (camt.053) or text/csv.',
  });
