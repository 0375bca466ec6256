import { Body, Controller, Get, HttpCode, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, readCsvBody } from '@tollkeeper/platform';
import { ruleKey, taxTableColumns, taxTableText } from '@tollkeeper/tax';
import type { Request, Response } from 'express';
import { TaxRatesRequest, TaxTableQuery } from './tax-rate-requests';
import { TaxRateRepository } from './tax-rate.repository';
import { TaxTableService } from './tax-table.service';

@ApiTags('invoicing')
@Controller('v1/invoicing/tax-rates')
export class TaxRateController {
  constructor(
    private readonly table: TaxTableService,
    private readonly rates: TaxRateRepository,
  ) {}

  @Get()
  @Allow({ roles: ['finance', 'billing', 'care', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({ summary: 'The tax table' })
  async list(@CurrentPrincipal() { tenantId }: Principal) {
    const rules = await this.rates.all(tenantId);
    return { data: rules.map((rule) => ({ id: ruleKey(rule), ...rule })) };
  }

  @Get('export')
  @Allow({ roles: ['finance', 'billing', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({ summary: 'The tax table as CSV, as the import takes it' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(@CurrentPrincipal() { tenantId }: Principal, @Res() response: Response): Promise<void> {
    const text = taxTableText(await this.rates.all(tenantId));
    response.type('text/csv').attachment('tax-table.csv').send(text);
  }

  @Post('import')
  @HttpCode(200)
  @Allow({ roles: ['finance', 'billing'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Add or replace rows from a CSV file, all or nothing; the same file again changes nothing',
    description:
      `The body is the file (UTF-8, at most 2 MB); its first line names the columns, of: ${taxTableColumns.join(', ')}. ` +
      'A list is separated by `;`, tiers are `1000:5;*:1` (up to 1000 minor units at 5 %, the rest at 1 %), `lineTiers` `75:100;*:0` (75 lines pay all of it, the others nothing), empty cells are left out. ' +
      'A row is found by taxId, jurisdiction and validFrom. Together with the rows that stay there may not be two rates of one tax for one day and tax code, nor taxes on top of each other; 422 names line and column. ' +
      'Samples: libs/tax/tables.',
  })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string' } })
  async import(
    @CurrentPrincipal() principal: Principal,
    @Query() { reason }: TaxTableQuery,
    @Req() request: Request,
  ) {
    return { stored: await this.table.import(principal, await readCsvBody(request), reason) };
  }

  @Put()
  @Allow({ roles: ['finance', 'billing'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Add or replace dated rates',
    description:
      'A row is found by taxId, jurisdiction and validFrom. Every charge with an amount needs a row for its tax code at the account\'s place on the row\'s `rateDate`; `"percent": "0"` says untaxed. An account without one is set aside by the run. ' +
      '`amount`: a percentage (`share`: the percent of the base that the law reaches; `grossUp`: r / (1 - r), with `insidePercent` r / (1 - all that lie inside the price); `taxesOnly`: of the taxes of `onTopOf` alone; `capMinor`, `capAt`: of the bill, of each charge (`line`), or of all bills for a line (`lineMonth`) or the account (`accountMonth`) in a month of service), `perLine` (major units for each line and calendar month, with trigger `lineMonth`; `lineTiers`: what the n-th line of the account pays of it), `fixed` (major units for each charge or bill: a fee for each retail sale), `perMinute`, `tiered`, or `untaxed`. ' +
      '`roundStep`: what is rounded to, in major units, where it is not the smallest unit; `roundTogether`: taxes of one name are rounded as one. ' +
      "Refused: two rates of one tax for one day, an unknown tax in `onTopOf` or `replaces`, taxes on top of each other, and a recovery fee whose name reads like a government's.",
  })
  async put(@CurrentPrincipal() principal: Principal, @Body() { rates, reason }: TaxRatesRequest) {
    return { stored: await this.table.put(principal, rates, reason) };
  }
}
