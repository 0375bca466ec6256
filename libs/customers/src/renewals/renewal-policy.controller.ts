import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, pageOf, type Principal } from '@tollkeeper/platform';
import { RenewalPolicyRepository } from './renewal-policy.repository';
import { RenewalPolicyService } from './renewal-policy.service';
import { PutRenewalPolicy, RenewalPoliciesQuery } from './renewal-requests';
import { RenewalPolicyPageView, RenewalPolicyView, renewalPolicyView } from './renewal-views';

@ApiTags('customers')
@Controller('v1/customers')
export class RenewalPolicyController {
  constructor(
    private readonly service: RenewalPolicyService,
    private readonly policies: RenewalPolicyRepository,
  ) {}

  @Get('renewal-policy')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'customers:read' })
  @ApiOperation({
    summary: 'The rules of renewal that are in force',
    description: 'Version 0: what every operator begins with.',
  })
  @ApiOkResponse({ type: RenewalPolicyView })
  async inForce(@CurrentPrincipal() { tenantId }: Principal) {
    return renewalPolicyView(await this.service.inForce(tenantId));
  }

  @Get('renewal-policies')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'customers:read' })
  @ApiOperation({
    summary: 'All rules of renewal, newest first',
    description: 'Page on with the last `version`.',
  })
  @ApiOkResponse({ type: RenewalPolicyPageView })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() page: RenewalPoliciesQuery) {
    return pageOf((await this.policies.list(tenantId, page)).map(renewalPolicyView), page.limit);
  }

  @Put('renewal-policy')
  @Allow({ roles: ['billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Change the rules of renewal: a new version, now or from a later instant',
    description:
      '`retryHours` count from the first charge, a day before the period ends; `graceHours` from its end. `keepNumberDays` after the lapse the subscription is terminated and its number freed into ageing; null: never. `refundUnused`: at termination the unused whole days of a paid period are given back, amount x days left / days, rounded once to minor units by `refundRounding`. What has failed or lapsed already goes on by the rules of then. 422 names the field.',
  })
  @ApiOkResponse({ type: RenewalPolicyView })
  async put(@CurrentPrincipal() principal: Principal, @Body() { validFrom, ...rules }: PutRenewalPolicy) {
    const dated = validFrom === undefined ? rules : { ...rules, validFrom };
    return renewalPolicyView(await this.service.put(principal, dated));
  }
}
