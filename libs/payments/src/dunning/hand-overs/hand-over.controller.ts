import { Body, Controller, Get, Param, Post, Query, Res, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, pageOf, type Principal } from '@tollkeeper/platform';
import type { Response } from 'express';
import { IdParams, PageQuery, ReasonBody } from '../../payments-requests';
import { HandOverRepository } from './hand-over.repository';
import type { HandOverFileRow } from './hand-over.schema';
import { HandOverService } from './hand-over.service';

const view = ({ _id, cases, invoices, changed = 0, recalled = 0, createdAt, by }: HandOverFileRow) => ({
  id: _id,
  cases,
  invoices,
  changed,
  recalled,
  createdAt,
  by,
});

@ApiTags('payments')
@Controller('v1/payments/hand-overs')
export class HandOverController {
  constructor(
    private readonly service: HandOverService,
    private readonly files: HandOverRepository,
  ) {}

  @Post()
  @Allow({ roles: ['finance'], scope: 'payments:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Write a file for the collection agency',
    description:
      'Of all cases that were handed over since the last file, at most 5,000, of those of which something else is open or disputed since then (`changed`: a payment in part, a credit, a dispute), and of those that are over for the agency (`recalled`: taken back or settled). Each of these is in one file only. 409 `nothingToHandOver`, `handOverUnderWay` (ask again).',
  })
  async write(@CurrentPrincipal() principal: Principal, @Body() { reason }: ReasonBody) {
    return view(await this.service.write(principal, reason));
  }

  @Get()
  @Allow({ roles: ['finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({ summary: 'Files for collection agencies' })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() page: PageQuery) {
    return pageOf((await this.files.list(tenantId, page)).map(view), page.limit);
  }

  @Get(':id/file')
  @Allow({ roles: ['finance', 'auditor'], scope: 'payments:read' })
  @ApiProduces('text/csv')
  @ApiOperation({
    summary: 'The file itself, as CSV',
    description:
      '`action`: `handOver` with one line for each invoice (`total`, `open` and of that `disputed` are decimals in `currency`), `changed` with one line for each invoice as it stands now (it replaces the one before; `open` may be 0), `recall` or `settled` (nothing is owed any more) with one line for each case.',
  })
  async csv(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param() { id }: IdParams,
    @Res() response: Response,
  ): Promise<void> {
    const body = await this.service.csv(tenantId, id);
    response.type('text/csv').attachment(`${id}.csv`).send(body);
  }
}
