import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, reasonField } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import type { WithdrawalDays } from '../domain/withdrawal';
import { WithdrawalService } from './withdrawal.service';

const countryDays = {
  country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166 alpha-2 code such as DE'),
  days: z.number().int().min(1).max(366),
};

class WithdrawalPolicyRequest extends createZodDto(
  z.strictObject({
    countries: z
      .array(z.strictObject(countryDays))
      .max(250)
      .describe('Days that are given beyond the law, all of them; an empty list is the law alone'),
    reason: reasonField,
  }),
) {}

class WithdrawalPolicyView extends createZodDto(z.object({ countries: z.array(z.object(countryDays)) })) {}

const viewOf = (days: WithdrawalDays) => ({
  countries: Object.entries(days)
    .map(([country, count]) => ({ country, days: count }))
    .sort((one, other) => (one.country < other.country ? -1 : 1)),
});

@ApiTags('customers')
@Controller('v1/customers/withdrawal-policy')
export class WithdrawalController {
  constructor(private readonly withdrawals: WithdrawalService) {}

  @Get()
  @Allow({ roles: ['care', 'billing', 'auditor'], scope: 'customers:read' })
  @ApiOperation({
    summary: 'Within how many days consumers may withdraw from a contract, by country of the account',
    description:
      'Calendar days after the first day of service. Without a policy: 14 in the European Economic Area (Directive 2011/83/EU Art. 9) and the United Kingdom (Consumer Contracts Regulations 2013, reg. 30), none elsewhere. A last day on a weekend is the Monday after it (Regulation 1182/71 Art. 3(4)). Ordered as a `termination` with `because: withdrawal`.',
  })
  @ApiOkResponse({ type: WithdrawalPolicyView })
  async get(@CurrentPrincipal() { tenantId }: Principal) {
    return viewOf(await this.withdrawals.get(tenantId));
  }

  @Put()
  @Allow({ roles: ['billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Give more days than the law, or a right where no law gives one',
    description:
      'Replaces what was given before. 422 `countries.<n>.days` for fewer days than the law of the country gives (Directive 2011/83/EU Art. 25), or a country that is named twice; nothing is written then.',
  })
  @ApiOkResponse({ type: WithdrawalPolicyView })
  async put(
    @CurrentPrincipal() principal: Principal,
    @Body() { countries, reason }: WithdrawalPolicyRequest,
  ) {
    return viewOf(await this.withdrawals.put(principal, countries, reason));
  }
}
