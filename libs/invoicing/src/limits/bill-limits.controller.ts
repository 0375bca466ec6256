import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, reasonField, SettingChanges } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { BillLimitsRepository } from './bill-limits.repository';

const minimumBill = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as USD'),
  amountMinor: z.number().int().min(1).max(1_000_000_00),
});

class BillLimitsRequest extends createZodDto(
  z.strictObject({
    minimumBills: z
      .array(minimumBill)
      .max(50)
      .refine((all) => new Set(all.map(({ currency }) => currency)).size === all.length, {
        message: 'names a currency twice',
      })
      .describe('Minor units with tax; a bill below is carried forward to the next one.'),
    carryAtMost: z
      .number()
      .int()
      .min(0)
      .max(12)
      .describe('Times in a row; then the bill is issued whatever it is.'),
    zeroBills: z.enum(['issue', 'carry']).describe('`carry`: a bill of exactly zero waits for the next one.'),
    reason: reasonField,
  }),
) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/bill-limits')
export class BillLimitsController {
  constructor(
    private readonly limits: BillLimitsRepository,
    private readonly changes: SettingChanges,
  ) {}

  @Get()
  @Allow({ roles: ['finance', 'billing', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({ summary: 'Which bills are carried forward' })
  show(@CurrentPrincipal() { tenantId }: Principal) {
    return this.limits.find(tenantId);
  }

  @Put()
  @Allow({ roles: ['finance', 'billing'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Change it',
    description:
      "Holds for bills that are drafted from now on. A bill that is carried forward is not numbered: its account is `carriedForward` in the run, its charges are on the next bill with their own days, its usage is handed over again when the run closes. An account's last bill is always issued, and so is one that gives money back.",
  })
  put(@CurrentPrincipal() principal: Principal, @Body() { reason, ...after }: BillLimitsRequest) {
    return this.changes.put(principal, {
      ...{ what: 'putBillLimits', entity: 'billLimits', reason, after },
      before: (tenantId) => this.limits.find(tenantId),
      save: (tenantId, changed) => this.limits.put(tenantId, changed),
    });
  }
}
