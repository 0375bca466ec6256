import { Controller, Get, HttpStatus, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import {
  Allow,
  BusinessClock,
  CurrentPrincipal,
  idField,
  pageOf,
  pageQuery,
  type Principal,
  notCsv,
} from '@tollkeeper/platform';
import { optionalUsageColumns, usageColumns } from '@tollkeeper/tariff';
import { UsageImportService } from './usage-import.service';
import { importStates, type UsageImportRow, type UsageRejectRow } from './usage-import.schema';

const fileNameField = z
  .string()
  .regex(/^[\w][\w. -]{0,199}$/, 'must be a file name: letters, digits, _ . - and blanks');
const count = z.number().int();
const importView = z.object({
  importId: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  state: z.enum(importStates),
  reason: z.string().nullable(),
  receivedAt: z.string(),
  sizeBytes: count,
  offsetBytes: count,
  counts: z.object({
    received: count,
    rated: count,
    rejected: count,
    inSuspense: count,
    duplicate: count,
    filtered: count,
    aggregatedInto: count,
  }),
});

class UploadQuery extends createZodDto(z.strictObject({ fileName: fileNameField.default('usage.csv') })) {}
class ImportParam extends createZodDto(z.strictObject({ id: idField })) {}
class PageQuery extends createZodDto(pageQuery) {}
class ErrorsQuery extends createZodDto(
  pageQuery.extend({ startingAfter: z.coerce.number().int().min(0).optional() }),
) {}
class UsageImportView extends createZodDto(importView) {}
class UsageImportPage extends createZodDto(z.object({ data: z.array(importView), hasMore: z.boolean() })) {}

@ApiTags('rating')
@Controller('v1/rating/usage-imports')
export class UsageImportController {
  constructor(
    private readonly imports: UsageImportService,
    private readonly clock: BusinessClock,
  ) {}

  @Post()
  @Allow({ roles: ['billing'], scope: 'rating:write' })
  @ApiOperation({
    summary: 'Import a usage file',
    description:
      `The body is the CSV file itself (at most 512 MB), its first line names the columns: ${usageColumns.join(', ')}; ` +
      `it may have ${optionalUsageColumns.join(', ')} besides (see libs/rating/README.md for their units and forms). ` +
      'Answers 202 with `importId`. A file with the same content is one import: sent again it answers 200 with `duplicateOf`, ' +
      'which makes this request repeatable without an Idempotency-Key. 422 when the header is wrong, 413 when it is too large.',
  })
  @ApiConsumes('text/csv')
  @ApiQuery({ name: 'fileName', required: false })
  @ApiHeader({ name: 'X-File-Name', required: false, description: 'Instead of `fileName` in the query.' })
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async receive(
    @CurrentPrincipal() principal: Principal,
    @Query() query: UploadQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ importId: string; duplicateOf?: string }> {
    if (!request.is('text/csv')) throw notCsv();
    const named = fileNameField.safeParse(request.header('x-file-name'));
    const at = await this.clock.now(principal.tenantId);
    const { row, isNew } = await this.imports.receive(principal, named.data ?? query.fileName, request, at);
    response.status(isNew ? HttpStatus.ACCEPTED : HttpStatus.OK);
    return isNew ? { importId: row._id } : { importId: row._id, duplicateOf: row._id };
  }

  @Get()
  @Allow({ roles: ['billing', 'care', 'auditor'], scope: 'rating:read' })
  @ApiOperation({ summary: 'List usage imports, newest first' })
  @ApiOkResponse({ type: UsageImportPage })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() { limit, startingAfter }: PageQuery) {
    const rows = await this.imports.list(tenantId, startingAfter, limit + 1);
    return pageOf(rows.map(viewOf), limit);
  }

  @Get(':id')
  @Allow({ roles: ['billing', 'care', 'auditor'], scope: 'rating:read' })
  @ApiOperation({
    summary: 'State and counts of a usage import',
    description:
      'received = rated + rejected + inSuspense + duplicate + filtered + aggregatedInto, at every moment.',
  })
  @ApiOkResponse({ type: UsageImportView })
  async load(@CurrentPrincipal() { tenantId }: Principal, @Param() { id }: ImportParam) {
    return viewOf(await this.imports.load(tenantId, id));
  }

  @Get(':id/errors')
  @Allow({ roles: ['billing', 'auditor'], scope: 'rating:read' })
  @ApiOperation({
    summary: 'Rejected and duplicate lines of a usage import, in the order of the file',
    description: '`startingAfter` is a line number. `raw` is the line with numbers and identities masked.',
  })
  async errors(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param() { id }: ImportParam,
    @Query() query: ErrorsQuery,
  ) {
    const rows = await this.imports.errorsOf(tenantId, id, query.startingAfter ?? 0, query.limit + 1);
    return pageOf(rows.map(errorView), query.limit);
  }
}

const viewOf = (row: UsageImportRow): z.infer<typeof importView> => ({
  importId: row._id,
  fileName: row.fileName,
  sha256: row.file.sha256,
  state: row.state,
  reason: row.reason,
  receivedAt: row.receivedAt,
  sizeBytes: row.file.count,
  offsetBytes: row.offsetBytes,
  counts: row.counts,
});

const errorView = ({ lineNumber, outcome, reason, raw }: UsageRejectRow) => ({
  lineNumber,
  outcome,
  reason,
  raw,
});
