import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '@tollkeeper/platform';
import { NetworkCaseService } from './network-case.service';
import {
  NetworkCaseParams,
  NetworkCasesQuery,
  ResolveNetworkCase,
  RetryNetworkCase,
} from './network-requests';
import { NetworkCasePageView, NetworkCaseView, networkCaseView } from './network-views';

@ApiTags('customers')
@Controller('v1/customers/network/cases')
export class NetworkCaseController {
  constructor(private readonly cases: NetworkCaseService) {}

  @Get()
  @Allow({ roles: ['care', 'billing', 'auditor'], scope: 'customers:read' })
  @ApiOperation({
    summary: 'SIMs that the network and we do not agree on',
    description:
      '`acknowledgementMissing`: ordered, no word within the limit. `refused`: the network would not. `ghostSim`: in service there, not here. `orphanSim`: in service here, not there. `stateDiffers`: another state or number there; it was ordered anew. Newest first; page on with the last `caseId`.',
  })
  @ApiOkResponse({ type: NetworkCasePageView })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() query: NetworkCasesQuery) {
    const { data, hasMore } = await this.cases.page(tenantId, query);
    return { data: data.map(networkCaseView), hasMore };
  }

  @Get(':caseId')
  @Allow({ roles: ['care', 'billing', 'auditor'], scope: 'customers:read' })
  @ApiOperation({ summary: 'Show a network case' })
  @ApiOkResponse({ type: NetworkCaseView })
  async get(@CurrentPrincipal() { tenantId }: Principal, @Param() { caseId }: NetworkCaseParams) {
    return networkCaseView(await this.cases.get(tenantId, caseId));
  }

  @Post(':caseId/retry')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Order again what we want of the SIM',
    description:
      'A ghost is taken out of service. The case ends by itself when the network confirms. 409 `caseResolved`, or `simInService` when a ghost has come into service here meanwhile.',
  })
  @ApiOkResponse({ type: NetworkCaseView })
  async retry(
    @CurrentPrincipal() principal: Principal,
    @Param() { caseId }: NetworkCaseParams,
    @Body() { reason }: RetryNetworkCase,
  ) {
    return networkCaseView(await this.cases.retry(principal, caseId, reason));
  }

  @Post(':caseId/resolve')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'End a case by hand',
    description:
      'While its order is not confirmed: 409 `orderNotConfirmed`, unless `doneAtNetwork` says that you have made sure; then the SIM counts as confirmed. 409 `caseResolved`.',
  })
  @ApiOkResponse({ type: NetworkCaseView })
  async resolve(
    @CurrentPrincipal() principal: Principal,
    @Param() { caseId }: NetworkCaseParams,
    @Body() body: ResolveNetworkCase,
  ) {
    return networkCaseView(await this.cases.resolve(principal, caseId, body));
  }
}
