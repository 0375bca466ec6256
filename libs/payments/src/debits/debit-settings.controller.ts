import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '@tollkeeper/platform';
import { PutDebitSettings } from '../payments-requests';
import { DebitSettings } from './debit-settings.service';

@ApiTags('payments')
@Controller('v1/payments/debit-settings')
export class DebitSettingsController {
  constructor(private readonly settings: DebitSettings) {}

  @Get()
  @Allow({ roles: ['billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({ summary: 'Who debits bank accounts', description: '`null`: not told to payers.' })
  async get(@CurrentPrincipal() { tenantId }: Principal) {
    return this.settings.show(tenantId);
  }

  @Put()
  @Allow({ roles: ['billing', 'finance'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Change who debits bank accounts',
    description:
      'Both stand in the announcements of debits. `sepaCreditorId`: the creditor identifier (EPC262-08); `achCompanyId`: the company identification in an ACH batch header. 422: check digits that do not fit.',
  })
  async put(@CurrentPrincipal() principal: Principal, @Body() { reason, ...wanted }: PutDebitSettings) {
    return this.settings.put(principal, wanted, reason);
  }
}
