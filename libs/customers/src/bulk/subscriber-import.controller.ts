import { Controller, Get, HttpStatus, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, BusinessClock, CurrentPrincipal, type Principal, notCsv } from '@tollkeeper/platform';
import { columnNames } from './subscriber-columns';
import { errorsAsCsv } from './errors-as-csv';
import {
  errorView,
  fileNameField,
  lastSeen,
  SubscriberErrorPage,
  SubscriberErrorsQuery,
  SubscriberImportPage,
  SubscriberImportParam,
  SubscriberImportsQuery,
  SubscriberImportView,
  subscriberImportView,
  SubscriberUploadQuery,
  UploadedView,
} from './subscriber-import-views';
import { SubscriberImportService } from './subscriber-import.service';

@ApiTags('customers')
@Controller('v1/customers/subscriber-imports')
export class SubscriberImportController {
  constructor(
    private readonly imports: SubscriberImportService,
    private readonly clock: BusinessClock,
  ) {}

  @Post()
  @Allow({ roles: ['billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Import new subscribers, or changes, from a CSV file',
    description:
      'The body is the file (UTF-8, at most 256 MB), its first line names the columns. A line is one record; a line that is wrong is rejected alone, ' +
      'and `errors.csv` names it with field and reason. A file with the same content is one import: sent again it answers 200 with `duplicateOf`.\n\n' +
      `\`kind=newSubscribers\`: one subscription a line. Columns: ${columnNames('newSubscribers').join(', ')}. ` +
      'Several lines of one `accountExternalId` are one account: its first good line describes it, later ones may leave those columns blank. ' +
      'A line whose subscription is there (by `subscriptionExternalId`, else by its identifiers since `activeFrom`) is `unchanged`.\n\n' +
      `\`kind=changes\`: one account a line, by \`accountId\` or \`accountExternalId\`. Columns: ${columnNames('changes').join(', ')}. ` +
      'A blank column leaves things as they are; the address changes as a whole. `offeringId` changes the plan `from` then on (blank: now) ' +
      'of the subscription named, or of the only one. A line is done as a whole or not at all.',
  })
  @ApiConsumes('text/csv')
  @ApiHeader({ name: 'X-File-Name', required: false, description: 'Instead of `fileName` in the query.' })
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ type: UploadedView })
  async receive(
    @CurrentPrincipal() principal: Principal,
    @Query() query: SubscriberUploadQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ importId: string; duplicateOf?: string }> {
    if (!request.is('text/csv')) throw notCsv();
    const named = fileNameField.safeParse(request.header('x-file-name'));
    const file = { kind: query.kind, fileName: named.data ?? query.fileName };
    const at = await this.clock.now(principal.tenantId);
    const { row, isNew } = await this.imports.receive(principal, file, request, at);
    response.status(isNew ? HttpStatus.ACCEPTED : HttpStatus.OK);
    return isNew ? { importId: row._id } : { importId: row._id, duplicateOf: row._id };
  }

  @Get()
  @Allow({ roles: ['billing', 'care', 'auditor'], scope: 'customers:read' })
  @ApiOperation({ summary: 'List subscriber imports, newest first' })
  @ApiOkResponse({ type: SubscriberImportPage })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() query: SubscriberImportsQuery) {
    const { data, hasMore } = await this.imports.page(tenantId, query);
    return { data: data.map(subscriberImportView), hasMore };
  }

  @Get(':importId')
  @Allow({ roles: ['billing', 'care', 'auditor'], scope: 'customers:read' })
  @ApiOperation({
    summary: 'State and counts of a subscriber import',
    description: 'lines = created + changed + unchanged + rejected, at every moment.',
  })
  @ApiOkResponse({ type: SubscriberImportView })
  async load(@CurrentPrincipal() { tenantId }: Principal, @Param() { importId }: SubscriberImportParam) {
    return subscriberImportView(await this.imports.load(tenantId, importId));
  }

  @Get(':importId/errors')
  @Allow({ roles: ['billing', 'auditor'], scope: 'customers:read' })
  @ApiOperation({
    summary: 'What was wrong with which line, in the order of the file',
    description: 'Page on with the last `id`.',
  })
  @ApiOkResponse({ type: SubscriberErrorPage })
  async errors(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param() { importId }: SubscriberImportParam,
    @Query() { limit, startingAfter }: SubscriberErrorsQuery,
  ) {
    const after = startingAfter === undefined ? null : lastSeen(startingAfter);
    const { data, hasMore } = await this.imports.errorsPage(tenantId, importId, { limit, after });
    return { data: data.map(errorView), hasMore };
  }

  @Get(':importId/errors.csv')
  @Allow({ roles: ['billing', 'auditor'], scope: 'customers:read' })
  @ApiOperation({ summary: 'The same as a CSV file: line, field, reason' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async errorsFile(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param() { importId }: SubscriberImportParam,
    @Res() response: Response,
  ): Promise<void> {
    const errors = await this.imports.errors(tenantId, importId);
    response.setHeader('content-type', 'text/csv; charset=utf-8');
    response.setHeader('content-disposition', `attachment; filename="errors-${importId}.csv"`);
    await errorsAsCsv(errors, response);
  }
}
