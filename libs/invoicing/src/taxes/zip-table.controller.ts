import { Controller, Get, Put, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  localDateField,
  notCsv,
  notFound,
  type Permission,
  type Principal,
  reasonField,
} from '@tollkeeper/platform';
import type { Request } from 'express';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { zipColumns } from '../domain/read-zip-line';
import { ZipTableService } from './zip-table.service';

class ZipTableQuery extends createZodDto(z.strictObject({ reason: reasonField })) {}

class PlaceQuery extends createZodDto(
  z.strictObject({ postalCode: z.string().trim().min(5).max(10), on: localDateField }),
) {}

const read: Permission = { roles: ['finance', 'billing', 'care', 'auditor'], scope: 'invoicing:read' };

@ApiTags('invoicing')
@Controller('v1/invoicing/zip-table')
export class ZipTableController {
  constructor(private readonly tables: ZipTableService) {}

  @Get()
  @Allow(read)
  @ApiOperation({ summary: 'Which ZIP table is loaded', description: '404 when there is none.' })
  async show(@CurrentPrincipal() { tenantId }: Principal) {
    const table = await this.tables.find(tenantId);
    if (!table) throw notFound('ZIP table', tenantId);
    const { rows, sha256, loadedAt } = table;
    return { rows, sha256, loadedAt };
  }

  @Get('place')
  @Allow(read)
  @ApiOperation({
    summary: 'Who taxes an address on a day',
    description:
      'By ZIP+4 where the code has four more digits (`zip4`), by the ZIP code where it lies in one place (`zip5`); `ambiguous`: only what its places share; `unknown`: not in the table.',
  })
  async place(@CurrentPrincipal() { tenantId }: Principal, @Query() { postalCode, on }: PlaceQuery) {
    const place = await this.tables.lookUp(tenantId, postalCode, on);
    if (!place) throw notFound('ZIP table', tenantId);
    return place;
  }

  @Put()
  @Allow({ roles: ['finance', 'billing'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Replace the table of ZIP codes',
    description:
      `The body is a CSV file (UTF-8, at most 256 MB, streamed); columns: ${zipColumns.join(', ')}. ` +
      '`jurisdictions` from the widest to the narrowest, separated by `;`: `US;US-TX;US-TX-AUSTIN`. Without plus4 the whole ZIP code. Half-open dates. ' +
      'All or nothing: 422 names line and column. Accounts are placed anew, and those that nobody can place are on the review list. ' +
      'Source: Mobile Telecommunications Sourcing Act, 4 U.S.C. §§ 117, 119, 120.',
  })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async put(
    @CurrentPrincipal() principal: Principal,
    @Query() { reason }: ZipTableQuery,
    @Req() request: Request,
  ) {
    if (!request.is('text/csv')) throw notCsv();
    const { rows, sha256, loadedAt } = await this.tables.replace(principal, request, reason);
    return { rows, sha256, loadedAt };
  }
}
