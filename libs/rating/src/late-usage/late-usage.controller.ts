import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  idField,
  localDateField,
  pageOf,
  pageQuery,
  type Principal,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { itemId, lateStates, LateUsageRepository } from './late-usage.repository';

class LateUsageQuery extends createZodDto(
  pageQuery.extend({
    accountId: idField.optional(),
    state: z.enum(lateStates).optional(),
    usedFrom: localDateField.optional().describe('Used in a period that ends after this day.'),
    usedTo: localDateField.optional().describe('Used in a period that begins before this day.'),
    startingAfter: z.string().max(300).optional(),
  }),
) {}

/** What finance reads of usage that came after its bill. */
@ApiTags('rating')
@Controller('v1/rating/late-usage')
export class LateUsageController {
  constructor(private readonly lateUsage: LateUsageRepository) {}

  @Get()
  @Allow({ roles: ['billing', 'finance', 'care', 'auditor'], scope: 'rating:read' })
  @ApiOperation({
    summary: 'Usage that came after its period was billed, and what became of it',
    description:
      'By subscription, period and kind of usage. `usedFrom` to `usedTo` (not included) is the period that it was used in; `amountMicro` is 10^-6 of the major unit, without tax. `waiting`: the next bill-run decides; `beingBilled`: a run has taken it; `billed`: on the invoice `invoiceId` (a line of the next bill or a correction bill, by the policy in `PUT /v1/invoicing/late-usage-policy`); `reported`: charged to nobody, by policy. What a session or a new rating changes of billed usage is no late usage but a correction.',
  })
  async list(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { limit, startingAfter = '', ...filter }: LateUsageQuery,
  ) {
    const items = await this.lateUsage.list(tenantId, { ...filter, after: startingAfter }, limit + 1);
    return pageOf(
      items.map((item) => ({ id: itemId(item), ...item })),
      limit,
    );
  }
}
