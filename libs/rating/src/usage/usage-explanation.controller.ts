import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import {
  Allow,
  CurrentPrincipal,
  idField,
  pageOf,
  pageQuery,
  type Permission,
  type Principal,
} from '@tollkeeper/platform';
import { usageView } from './usage-view';
import type { UsageCorrectionRow } from '../rerating/usage-correction.schema';
import { UsageService } from './usage.service';

class RecordParam extends createZodDto(z.strictObject({ recordId: z.string().min(1).max(128) })) {}
class LineQuery extends createZodDto(
  pageQuery.extend({
    subscriptionId: idField,
    periodId: z.string().min(1).max(200),
    offeringId: idField.optional(),
    usageType: z.enum(['voice', 'video', 'sms', 'mms', 'data', 'event']).optional(),
    zone: z.string().min(1).max(100).optional(),
  }),
) {}

const readers: Permission = {
  roles: ['care', 'billing', 'finance', 'auditor'],
  scope: 'rating:read',
  subscriber: true,
};

/** Why an amount is what it is. */
@ApiTags('rating')
@Controller('v1/rating')
export class UsageExplanationController {
  constructor(private readonly usage: UsageService) {}

  @Get('usage/:recordId/explanation')
  @Allow(readers)
  @ApiOperation({
    summary: 'How a record became its amount, and every rating that it had',
    description:
      'Plan and deck version, deck row, band, increments, allowances used, quantity charged, rounding; `sentence` says the same in words. `history` holds the ' +
      'later ratings: each is the reversal of the one before and a new debit, `inPlace` while the period was open, or on ' +
      'the bill of `billingPeriodId` as a correction of `servicePeriod`. A part of a session names its `session`.',
  })
  async explain(@CurrentPrincipal() principal: Principal, @Param() { recordId }: RecordParam) {
    const { row, corrections, sentence } = await this.usage.explain(principal, recordId);
    return { ...usageView(row), sentence, history: corrections.map(historyView) };
  }

  @Get('line-usage')
  @Allow(readers)
  @ApiOperation({
    summary: "The records behind a bill's line, by start",
    description:
      "`subscriptionId`, one of the line's `periodIds` as `periodId`, and its `offeringId`; `usageType` and `zone` where " +
      'the line is narrower. The `amountMicro` of all pages add up to that of the line.',
  })
  async ofLine(@CurrentPrincipal() principal: Principal, @Query() { limit, ...line }: LineQuery) {
    const rows = await this.usage.ofLine(principal, { ...line, limit: limit + 1 });
    return pageOf(rows.map(usageView), limit);
  }
}

const historyView = ({
  ratingVersion,
  at,
  cause,
  reason,
  posted,
  reversal,
  debit,
  differenceMicro,
  servicePeriod,
  billingPeriodId,
}: UsageCorrectionRow) => ({
  ratingVersion,
  at,
  cause,
  reason,
  posted,
  reversal,
  debit,
  differenceMicro,
  servicePeriod,
  billingPeriodId,
});
