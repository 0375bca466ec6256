import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, reasonField, SettingChanges } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { latePolicies } from '../domain/late-usage';
import { LateUsageRepository } from './late-usage.repository';

const mostWaitDays = 60;

class LateUsageRequest extends createZodDto(
  z.strictObject({
    policy: z
      .enum(latePolicies)
      .describe(
        '`nextBill`: lines of the next bill with the days that it was used in; `correctionBill`: a bill of its own for each closed period; `reportOnly`: on no bill.',
      ),
    finalBillWaitDays: z
      .number()
      .int()
      .min(0)
      .max(mostWaitDays)
      .describe('Days from the end of the last service to the first cut-off that may bill it.'),
    reason: reasonField,
  }),
) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/late-usage-policy')
export class LateUsageController {
  constructor(
    private readonly terms: LateUsageRepository,
    private readonly changes: SettingChanges,
  ) {}

  @Get()
  @Allow({ roles: ['finance', 'billing', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({ summary: 'What becomes of usage that comes after its period was billed' })
  show(@CurrentPrincipal() { tenantId }: Principal) {
    return this.terms.find(tenantId);
  }

  @Put()
  @Allow({ roles: ['finance', 'billing'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Change it',
    description:
      'Holds for bills that are drafted from now on, also for late usage that waits already. Late usage is taxed by its own days, and by the bill date where a tax goes by that. A correction bill is drafted, numbered and sent with the run that finds it, has kind `lateUsage`, no minimum amount, and no promotion that holds for a number of bills. Usage on the report is charged to nobody, also when the policy changes later: `GET /v1/rating/late-usage?state=reported`. `finalBillWaitDays`: a run whose cut-off lies less than that many days after the end of an account leaves it to the next one; an on-demand bill does not wait. 422: an unknown policy, days outside 0 to 60.',
  })
  put(@CurrentPrincipal() principal: Principal, @Body() { reason, ...after }: LateUsageRequest) {
    return this.changes.put(principal, {
      ...{ what: 'putLateUsagePolicy', entity: 'lateUsagePolicy', reason, after },
      before: (tenantId) => this.terms.find(tenantId),
      save: (tenantId, changed) => this.terms.put(tenantId, changed),
    });
  }
}
