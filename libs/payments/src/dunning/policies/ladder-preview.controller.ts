import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, idField, type Principal } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { barRules } from '../../domain/dunning/bar-rules';
import { statutoryInterest } from '../../domain/dunning/default-interest';
import { holidayCountries } from '../../domain/dunning/public-holidays';
import { LadderPreview } from './ladder-preview.service';

class PreviewQuery extends createZodDto(
  z.strictObject({
    accountId: idField,
    policyId: idField.optional().describe('Left out: that of the open case, else the account’s own'),
    version: z.coerce.number().int().min(1).max(1_000_000).optional().describe('Left out: the latest'),
  }),
) {}

@ApiTags('payments')
@Controller('v1/payments')
export class LadderPreviewController {
  constructor(private readonly ladder: LadderPreview) {}

  @Get('dunning-preview')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({
    summary: 'What a dunning policy would do to an account, step by step',
    description:
      'From the oldest open invoice, if nothing is paid: `at` of each step, `why` (moved by a holiday, for example), `feesMinor` in minor units of `currency`, and `waits`: what the law of the country asks for before a bar. Nothing is written. Errors: 404 account or policy version.',
  })
  preview(@CurrentPrincipal() principal: Principal, @Query() query: PreviewQuery) {
    return this.ladder.preview(principal, query);
  }

  @Get('dunning-law')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({
    summary: 'What the law says of bars, default interest and holidays, as dated data',
    description: 'Amounts in minor units, `points` in percentage points above the reference rate.',
  })
  law() {
    return { bars: barRules, interest: statutoryInterest, holidayCountries };
  }
}
