import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, reasonField } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { LateConfirmations } from './late-confirmations.service';

class PutLateConfirmations extends createZodDto(
  z.strictObject({ surplus: z.enum(['refund', 'credit']), reason: reasonField }),
) {}

@ApiTags('payments')
@Controller('v1/payments/late-confirmations')
export class LateConfirmationController {
  constructor(private readonly settings: LateConfirmations) {}

  @Get()
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({
    summary: 'What becomes of a charge that was confirmed after its invoice was paid otherwise',
    description: '`refund` unless changed.',
  })
  async get(@CurrentPrincipal() { tenantId }: Principal) {
    return this.settings.setting(tenantId);
  }

  @Put()
  @Allow({ roles: ['billing', 'finance'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Change what becomes of a charge that was confirmed after its invoice was paid otherwise',
    description:
      'A charge that waits for its card holder (`requiresAction`) is cancelled at its gateway as soon as its invoice is paid otherwise. Who confirms in the moment before is charged all the same; what no invoice of the account takes of it goes back to the card by itself and the payer is told (`refund`), or stays as account credit for the next bill (`credit`). Holds for confirmations from now on.',
  })
  async put(@CurrentPrincipal() principal: Principal, @Body() body: PutLateConfirmations) {
    return this.settings.change(principal, body);
  }
}
