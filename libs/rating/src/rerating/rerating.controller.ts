import {
  Body,
  Controller,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Post,
  Query,
  UseInterceptors,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { instant } from '@tollkeeper/calendar';
import {
  Allow,
  badInput,
  BusinessClock,
  CurrentPrincipal,
  Idempotent,
  idField,
  instantField,
  pageOf,
  pageQuery,
  type Permission,
  type Principal,
  reasonField,
} from '@tollkeeper/platform';
import type { ReratingRow, ReratingSumRow } from './rerating.schema';
import { ReratingService } from './rerating.service';

const mostNamed = 1_000;
const ids = z.array(idField).min(1).max(mostNamed);

class ReratingBody extends createZodDto(
  z.strictObject({
    accountIds: ids.optional(),
    subscriptionIds: ids.optional(),
    offeringId: idField.optional(),
    importId: idField.optional(),
    from: instantField,
    to: instantField,
    dryRun: z.boolean().default(false),
    reason: reasonField,
  }),
) {}
class PageQuery extends createZodDto(pageQuery) {}
class SumsQuery extends createZodDto(
  pageQuery.extend({ by: z.enum(['plan', 'subscription']).default('subscription') }),
) {}
class ReratingParam extends createZodDto(z.strictObject({ id: idField })) {}

const readers: Permission = { roles: ['billing', 'finance', 'auditor'], scope: 'rating:read' };

@ApiTags('rating')
@Controller('v1/rating/rerating')
export class ReratingController {
  constructor(
    private readonly reratings: ReratingService,
    private readonly clock: BusinessClock,
  ) {}

  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  @UseInterceptors(Idempotent)
  @Allow({ roles: ['billing'], scope: 'rating:write' })
  @ApiOperation({
    summary: 'Rate usage again, after a price was corrected',
    description:
      'Name `accountIds`, `subscriptionIds`, `offeringId` or `importId` (all that is named must fit) and the starts of the ' +
      'usage: `from` inside, `to` outside. Every charging period with such a record is folded again from all its records, with the ' +
      'plan and deck versions that are in force now for each start. An open period holds the new amounts; of a billed one ' +
      'the difference is a line `Correction of ...` in the next open period, and the record keeps what its own bill said. ' +
      'With `dryRun` nothing is posted. The same request again finds nothing left to change. Answers 202 with `id`.',
  })
  async request(@CurrentPrincipal() principal: Principal, @Body() body: ReratingBody) {
    const { from, to, dryRun, reason, ...scope } = body;
    if (Object.values(scope).every((named) => named === undefined))
      throw badInput(
        'accountIds',
        'Say whose usage: accountIds, subscriptionIds, offeringId or importId is missing.',
      );
    const asked = { scope, from: instant(from), to: instant(to), dryRun, reason };
    return viewOf(await this.reratings.request(principal, asked, await this.clock.now(principal.tenantId)));
  }

  @Get()
  @Allow(readers)
  @ApiOperation({ summary: 'Requests to rate again, newest first' })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() { limit, startingAfter }: PageQuery) {
    return pageOf((await this.reratings.list(tenantId, startingAfter, limit + 1)).map(viewOf), limit);
  }

  @Get(':id')
  @Allow(readers)
  @ApiOperation({
    summary: 'How far a request has come, and what it changes in total',
    description:
      'Amounts are 10^-6 of the major unit. `correctedMicro` is the part of the difference that goes to later bills. ' +
      '`unratable` counts records whose period is left alone because a plan, deck or rate is missing for them.',
  })
  async load(@CurrentPrincipal() { tenantId }: Principal, @Param() { id }: ReratingParam) {
    return viewOf(await this.reratings.load(tenantId, id));
  }

  @Get(':id/changes')
  @Allow(readers)
  @ApiOperation({ summary: 'What a request changes, by plan or by subscription' })
  async changes(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param() { id }: ReratingParam,
    @Query() { by, limit, startingAfter }: SumsQuery,
  ) {
    const rows = await this.reratings.sums(tenantId, id, by, { startingAfter, limit: limit + 1 });
    return pageOf(rows.map(sumView), limit);
  }
}

const viewOf = ({
  _id,
  scope,
  from,
  to,
  reason,
  dryRun,
  state,
  cause,
  requestedAt,
  requestedBy,
  counts,
}: ReratingRow) => ({
  id: _id,
  ...scope,
  from,
  to,
  reason,
  dryRun,
  state,
  cause,
  requestedAt,
  requestedBy,
  counts,
  differenceMicro: counts.afterMicro - counts.beforeMicro,
});

const sumView = ({ id, records, changed, beforeMicro, afterMicro }: ReratingSumRow) => ({
  id,
  records,
  changed,
  beforeMicro,
  afterMicro,
  differenceMicro: afterMicro - beforeMicro,
});
