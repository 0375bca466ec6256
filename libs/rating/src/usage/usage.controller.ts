import { Controller, Get, Param, Query } from '@nestjs/common';
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
  type Permission,
  type Principal,
} from '@tollkeeper/platform';
import { BucketService } from '../periods/bucket.service';
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

const bucketReaders: Permission = {
  roles: ['care', 'billing', 'auditor'],
  scope: 'rating:read',
  subscriber: true,
};

@ApiTags('rating')
@Controller('v1/rating')
export class UsageController {
  constructor(
    private readonly usage: UsageService,
    private readonly buckets: BucketService,
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

  @Get('subscriptions/:subscriptionId/buckets')
  @Allow(bucketReaders)
  @ApiOperation({
    summary: 'What the allowances of a subscription, and of its pool, have left in the present period',
    description:
      'In the order of use (priority, then the earlier end, then the bucket). Units are seconds, messages, bytes or ' +
      'millionths (`usageType: money`: of `currency`, included money that pays what usage costs); `left` = `granted` + `carriedOver` - `used`. `expiresAt` ends the grant; what its rollover rule carries ' +
      'comes back as `carriedOver` of the next period once this one is closed. `throttled`: used up, the rest is free at ' +
      "lower speed. `members` of a pool's bucket name who took how much. Provisional until the period is closed: late " +
      'usage may change it. `period` is null where no plan runs, or none that is paid for. 404: no such subscription.',
  })
  async subscriptionBuckets(
    @CurrentPrincipal() principal: Principal,
    @Param() { subscriptionId }: BalanceQuery,
  ) {
    return this.buckets.of(principal, subscriptionId, await this.clock.now(principal.tenantId));
  }

  @Get('balances')
  @Allow(bucketReaders)
  @ApiOperation({
    summary: 'The same by query: what the allowances of a subscription have left',
    description: 'As GET /v1/rating/subscriptions/{subscriptionId}/buckets answers.',
  })
  async balances(@CurrentPrincipal() principal: Principal, @Query() { subscriptionId }: BalanceQuery) {
    return this.buckets.of(principal, subscriptionId, await this.clock.now(principal.tenantId));
  }
}
