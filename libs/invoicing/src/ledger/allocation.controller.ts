import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  Idempotent,
  idField,
  pageOf,
  pageQuery,
  type Principal,
  reasonField,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { AllocationRepository } from './allocation.repository';
import type { AllocationRow } from './allocation.schema';
import { AllocationService } from './allocation.service';
import { z } from 'zod';

class AllocationQuery extends createZodDto(
  pageQuery.extend({
    accountId: idField.optional(),
    invoiceId: z.string().min(1).max(256).optional(),
    paymentId: idField.optional(),
  }),
) {}

class UndoAllocationRequest extends createZodDto(
  z.strictObject({
    toInvoiceId: z
      .string()
      .min(1)
      .max(256)
      .nullable()
      .default(null)
      .describe(
        'Paid instead. Left out: the money is free again, as account credit, deposit or promotional credit.',
      ),
    reason: reasonField,
  }),
) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/allocations')
export class AllocationController {
  constructor(
    private readonly allocations: AllocationRepository,
    private readonly service: AllocationService,
  ) {}

  @Get()
  @Allow({ roles: ['finance', 'billing', 'care', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({
    summary: 'What settled which invoice, newest first',
    description:
      '`source`: payment, credit, deposit or promotional. A payment settles what it names first, then the oldest due, then late fees, then what is not yet due; the rest is account credit. `fees` is the part that went to late fees.',
  })
  async list(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { limit, startingAfter, ...filter }: AllocationQuery,
  ) {
    const rows = await this.allocations.list(tenantId, filter, limit + 1, startingAfter);
    const { data, hasMore } = pageOf(rows, limit);
    return { data: data.map(shown), hasMore };
  }

  @Post(':allocationId/undo')
  @HttpCode(200)
  @UseInterceptors(Idempotent)
  @Allow({ roles: ['finance'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Undo one allocation',
    description:
      'Posts the counter-posting: the invoice is open again and payments hears of it; the money is account credit (or deposit, promotional credit), or pays the invoice that is named, its rest becoming credit. 409 `alreadyUndone`, `writtenOff`.',
  })
  async undo(
    @CurrentPrincipal() principal: Principal,
    @Param('allocationId') allocationId: string,
    @Body() { toInvoiceId, reason }: UndoAllocationRequest,
  ) {
    return shown(await this.service.undo(principal, { allocationId, toInvoiceId, reason }));
  }
}

const shown = ({ _id, amountMinor, feesMinor, currency, ...row }: AllocationRow) => ({
  id: row.allocationId,
  source: row.source,
  paymentId: row.paymentId,
  invoiceId: row.invoiceId,
  accountId: row.accountId,
  amount: { minor: amountMinor, currency },
  fees: { minor: feesMinor, currency },
  at: row.at,
  undone: row.undone,
});
