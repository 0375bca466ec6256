import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, notFound, pageOf, type Principal } from '@tollkeeper/platform';
import { ReconciliationParams, ReconciliationsQuery, WantReconciliation } from './network-requests';
import { ReconciliationPageView, ReconciliationView, reconciliationView } from './network-views';
import { ReconciliationRepository } from './reconciliation.repository';
import { ReconciliationService } from './reconciliation.service';

@ApiTags('customers')
@Controller('v1/customers/network/reconciliations')
export class ReconciliationController {
  constructor(
    private readonly service: ReconciliationService,
    private readonly runs: ReconciliationRepository,
  ) {}

  @Post()
  @HttpCode(202)
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: "Compare the network's own list of SIMs with ours, now",
    description:
      'Answers at once; look at the run for what came of it, and at the cases for what was found. While one is under way, that one is answered.',
  })
  @ApiAcceptedResponse({ type: ReconciliationView })
  async want(@CurrentPrincipal() principal: Principal, @Body() { reason }: WantReconciliation) {
    return reconciliationView(await this.service.want(principal, reason));
  }

  @Get()
  @Allow({ roles: ['care', 'billing', 'auditor'], scope: 'customers:read' })
  @ApiOperation({ summary: 'Reconciliations', description: 'Newest first; page on with the last `runId`.' })
  @ApiOkResponse({ type: ReconciliationPageView })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() query: ReconciliationsQuery) {
    const { data, hasMore } = pageOf(
      await this.runs.page(tenantId, { ...query, limit: query.limit + 1 }),
      query.limit,
    );
    return { data: data.map(reconciliationView), hasMore };
  }

  @Get(':runId')
  @Allow({ roles: ['care', 'billing', 'auditor'], scope: 'customers:read' })
  @ApiOperation({ summary: 'Show a reconciliation' })
  @ApiOkResponse({ type: ReconciliationView })
  async get(@CurrentPrincipal() { tenantId }: Principal, @Param() { runId }: ReconciliationParams) {
    const row = await this.runs.find(tenantId, runId);
    if (!row) throw notFound('reconciliation', runId);
    return reconciliationView(row);
  }
}
