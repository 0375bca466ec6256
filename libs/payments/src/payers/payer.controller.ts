import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '@tollkeeper/platform';
import { IdParams, PutPayer } from '../payments-requests';
import { PayerSettings } from './payer-settings.service';

@ApiTags('payments')
@Controller('v1/payments/payers')
export class PayerController {
  constructor(private readonly settings: PayerSettings) {}

  @Get(':id')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({ summary: 'How an account pays', description: '`id` is the account.' })
  async get(@CurrentPrincipal() { tenantId }: Principal, @Param() { id }: IdParams) {
    return this.settings.show(tenantId, id);
  }

  @Put(':id')
  @Allow({ roles: ['care', 'billing'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Change how an account pays',
    description:
      'All of it: what is left out takes its default. `autoPayDaysBefore`: charged so many days (0 to 14) before the due date. `autoPayDay`: on that day of the month instead, the first one once the invoice is there and never after its due date. `autoPayNoticeDays`: the payer is told so many days before, and charged no sooner than that. `autoPayCap`: an invoice of which more is open is not charged without consent (POST /v1/payments/payables/{id}/auto-pay-consent), for which the payer is asked by mail. `backupMethodId`: charged at once when the default method is refused or may not be tried again. Errors: 404 account, 422 a method that the account does not have, another currency.',
  })
  async put(@CurrentPrincipal() principal: Principal, @Param() { id }: IdParams, @Body() body: PutPayer) {
    return this.settings.put(principal, id, body);
  }
}
