import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, localDateField, type Principal } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { LedgerService } from './ledger.service';

class TrialBalanceQuery extends createZodDto(
  z.strictObject({
    on: localDateField
      .optional()
      .describe('With all that was posted up to the end of this day of the books.'),
  }),
) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/ledger')
export class LedgerController {
  constructor(private readonly ledger: LedgerService) {}

  @Get('trial-balance')
  @Allow({ roles: ['finance', 'billing', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({
    summary: "Every account's debits, credits and balance",
    description: 'Minor units per currency; `on` is the end of a day of the books. Debits equal credits.',
  })
  trialBalance(@CurrentPrincipal() { tenantId }: Principal, @Query() { on }: TrialBalanceQuery) {
    return this.ledger.trialBalance(tenantId, on);
  }
}
