import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, notFound, pageOf, type Principal } from '@tollkeeper/platform';
import { DunningPolicyRepository } from './dunning-policy.repository';
import { DunningPolicyService } from './dunning-policy.service';
import { IdParams, PageQuery, PutDunningPolicy } from '../../payments-requests';
import { policyView } from '../../payments-views';

@ApiTags('payments')
@Controller('v1/payments/dunning-policies')
export class DunningPolicyController {
  constructor(
    private readonly service: DunningPolicyService,
    private readonly policies: DunningPolicyRepository,
  ) {}

  @Get()
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({
    summary: 'Dunning policies, every version',
    description:
      'A new case begins with the latest version of the policy that the account’s credit class names, else of one for its customer’s segment, else for its kind (`organisation`, `person`), else of `default`.',
  })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() page: PageQuery) {
    return pageOf((await this.policies.versions(tenantId, page)).map(policyView), page.limit);
  }

  @Get(':id')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({ summary: 'The latest version of a dunning policy' })
  async latest(@CurrentPrincipal() { tenantId }: Principal, @Param() { id }: IdParams) {
    const row = await this.policies.latest(tenantId, id);
    if (!row) throw notFound('dunning policy', id);
    return policyView(row);
  }

  @Put(':id')
  @Allow({ roles: ['billing'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Change a dunning policy: a new version',
    description:
      'Open cases go on with theirs. `minimumMinor` is the least debt that opens a case, in minor units; `stepHour` is local to the account. `minimumByCurrency` stands for it in a currency; `minimumInvoices` overdue invoices are needed besides; `currencies` leaves debts in others alone. A level’s `onlyIf` asks for so many overdue invoices, so much debt, or a code of the last decline besides its day. `retries`: charges beside the levels, by decline code or more than `daysBetween` apart. `forbidden`: weekdays (ISO), public holidays of the account’s country, dates, quiet hours; a step moves to the next allowed day and later ones keep their distance. A bar waits for what the law of the country asks for, see `/v1/payments/dunning-law`. Late fees carry no VAT (CJEU C-222/81). `acceleratesDevicePlans` of `terminate` and `handOver` asks for all open instalments of the account’s devices with its next bill; a message must have gone 14 days before, and its wording has to say so. Of consumers in Germany only plans with two instalments in a row in arrears, and 10 % of what is financed (5 % over three years: BGB § 498 with §§ 506, 515); the rest goes on. Refused (422): levels out of order, a restriction before an earlier notice, a suspension before a bar, anything after a hand-over, a message that there is none of, an acceleration without one 14 days before.',
  })
  async put(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() { reason, ...policy }: PutDunningPolicy,
  ) {
    return this.service.put(principal, { ...policy, policyId: id }, reason);
  }
}
