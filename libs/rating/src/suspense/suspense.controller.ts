import { Body, Controller, Get, HttpCode, HttpStatus, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import {
  Allow,
  BusinessClock,
  CurrentPrincipal,
  Idempotent,
  pageOf,
  pageQuery,
  type Principal,
  reasonField,
} from '@tollkeeper/platform';
import { suspenseReasons } from '@tollkeeper/tariff';
import { SuspenseService } from './suspense.service';
import { usageView } from '../usage/usage-view';

const mostRecycled = 2_000;

class PageQuery extends createZodDto(pageQuery) {}
class RecycleRequest extends createZodDto(
  z.strictObject({
    reason: reasonField,
    limit: z.number().int().min(1).max(mostRecycled).default(mostRecycled),
    startingAfter: z.string().max(128).optional(),
  }),
) {}

@ApiTags('rating')
@Controller('v1/rating/suspense')
export class SuspenseController {
  constructor(
    private readonly suspense: SuspenseService,
    private readonly clock: BusinessClock,
  ) {}

  @Get()
  @Allow({ roles: ['billing', 'care', 'auditor'], scope: 'rating:read' })
  @ApiOperation({
    summary: 'Usage that waits for repair, by record id',
    description: `\`reason\` is one of ${suspenseReasons.join(', ')}.`,
  })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() { limit, startingAfter }: PageQuery) {
    return pageOf((await this.suspense.list(tenantId, startingAfter, limit + 1)).map(usageView), limit);
  }

  @Post('recycle')
  @HttpCode(HttpStatus.OK)
  @UseInterceptors(Idempotent)
  @Allow({ roles: ['billing'], scope: 'rating:write' })
  @ApiOperation({
    summary: 'Guide and rate again what waits, after a repair',
    description: `Looks at no more than \`limit\` (${mostRecycled}) records; go on with \`startingAfter\` = \`next\` until that is null. All or nothing per call.`,
  })
  async recycle(
    @CurrentPrincipal() principal: Principal,
    @Body() { reason, limit, startingAfter }: RecycleRequest,
  ) {
    return this.suspense.recycle(principal, {
      reason,
      limit,
      startingAfter,
      at: await this.clock.now(principal.tenantId),
    });
  }
}
