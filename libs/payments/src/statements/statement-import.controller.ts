import { Controller, Get, HttpStatus, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  notFound,
  pageOf,
  type Principal,
  Problem,
  readBody,
} from '@tollkeeper/platform';
import type { Request, Response } from 'express';
import { IdParams, PageQuery } from '../payments-requests';
import { BankEntryRepository } from './bank-entry.repository';
import { StatementImportService } from './statement-import.service';
import { StatementQuery } from './statement-requests';
import { statementImportView } from './statement-views';

const mostBytes = 10_000_000;

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
      'The body is the file: camt.053 (ISO 20022, any version) as application/xml, or CSV as text/csv with `bankAccountId`, at most 10 MB and 5,000 entries. It is taken whole or not at all: 422 names each statement, entry or line that cannot be read, an account that is not the operator’s, balances that do not add up, a date to come; a document type or entities are refused. Answers 202; the entries are then matched and booked. The same file again answers 200 with the import that it was; entries that another file brought are `known` and change nothing. Card numbers in texts are masked and the entry is flagged.',
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
    const bytes = await readBody(request, mostBytes);
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
