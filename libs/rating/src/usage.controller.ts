import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { instant } from '@tollkeeper/calendar';
import {
  Allow,
  badInput,
  BusinessClock,
  CurrentPrincipal,
  idField,
  instantField,
  pageOf,
  pageQuery,
  type Principal,
} from '@tollkeeper/platform';
import { usageView } from './usage-view';
import { UsageService } from './usage.service';

class UsageQuery extends createZodDto(
  pageQuery.extend({
    accountId: idField.optional(),
    subscriptionId: idField.optional(),
    from: instantField.optional(),
    to: instantField.optional(),
  }),
) {}
class BalanceQuery extends createZodDto(z.strictObject({ subscriptionId: idField })) {}

@ApiTags('rating')
@Controller('v1/rating')
export class UsageController {
  constructor(
    private readonly usage: UsageService,
    private readonly clock: BusinessClock,
  ) {}

  @Get('usage')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'rating:read', subscriber: true })
  @ApiOperation({
    summary: 'Usage of an account or a subscription, by start, with the explanation of each amount',
    description:
      'Give `accountId` or `subscriptionId` (a subscriber sees the own account); `from` is inclusive, `to` is not. ' +
      'Quantities are seconds, messages or bytes; `amountMicro` is 10^-6 of the major unit, unrounded.',
  })
  async search(@CurrentPrincipal() principal: Principal, @Query() query: UsageQuery) {
    const { accountId, subscriptionId, from, to, startingAfter, limit } = query;
    if (!accountId && !subscriptionId && principal.kind !== 'subscriber') {
      throw badInput('accountId', 'Say whose usage: accountId or subscriptionId is missing.');
    }
    const rows = await this.usage.search(principal, {
      accountId,
      subscriptionId,
      from: from && instant(from),
      to: to && instant(to),
      startingAfter,
      limit: limit + 1,
    });
    return pageOf(rows.map(usageView), limit);
  }

  @Get('balances')
  @Allow({ roles: ['care', 'billing', 'auditor'], scope: 'rating:read', subscriber: true })
  @ApiOperation({
    summary: 'What the allowances of a subscription have left in the present period',
    description:
      'Units are seconds, messages or bytes. Provisional until the period is closed: late usage may change it.',
  })
  async balances(@CurrentPrincipal() principal: Principal, @Query() { subscriptionId }: BalanceQuery) {
    return this.usage.balances(principal, subscriptionId, await this.clock.now(principal.tenantId));
  }
}
