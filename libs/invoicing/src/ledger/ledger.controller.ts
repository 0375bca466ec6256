import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  localDateField,
  pageOf,
  pageQuery,
  type Principal,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { LedgerService } from './ledger.service';
import type { PostingRow } from './posting.schema';

class TrialBalanceQuery extends createZodDto(
  z.strictObject({
    on: localDateField
      .optional()
      .describe('With all that was posted up to the end of this day of the books.'),
  }),
) {}
class StatementQuery extends createZodDto(
  pageQuery.extend({ startingAfter: z.string().max(512).optional() }),
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

  @Get('accounts/:accountId/statement')
  @Allow({ roles: ['finance', 'billing', 'care', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({
    summary: "A customer account's postings, newest first, and its balances",
    description:
      'Debit positive, in minor units: receivables above 0 are owed by the customer. `startingAfter` is a posting id.',
  })
  async statement(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param('accountId') accountId: string,
    @Query() { limit, startingAfter }: StatementQuery,
  ) {
    const { data, hasMore } = pageOf(
      await this.ledger.statement(tenantId, accountId, limit + 1, startingAfter),
      limit,
    );
    return { balances: await this.ledger.balances(tenantId, accountId), data: data.map(shown), hasMore };
  }
}

const shown = ({ _id, rule, at, on, invoiceId, paymentId, lines }: PostingRow) => ({
  id: _id,
  rule,
  at,
  on,
  invoiceId,
  paymentId,
  lines,
});
