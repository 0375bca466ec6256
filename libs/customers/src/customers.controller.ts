import { Body, Controller, Post, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, type Principal } from '@tollkeeper/platform';
import { AccountImportService } from './accounts/account-import.service';
import { ImportAccounts } from './customers-requests';
import { ImportedAccountsView } from './customers-views';

@ApiTags('customers')
@Controller('v1/customers')
export class CustomersController {
  constructor(private readonly imports: AccountImportService) {}

  @Post('import')
  @Allow({ roles: ['billing'], scope: 'customers:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Import up to 1,000 accounts with their subscriptions',
    description:
      'All are validated first, then all are stored, or none: 422 names `accounts.3.subscriptions.0.identifiers.1.value` with the reason. Accounts whose `externalId` is known are left as they are (`created: false`), so the same import may be sent again.',
  })
  @ApiCreatedResponse({ type: ImportedAccountsView })
  async import(@CurrentPrincipal() principal: Principal, @Body() { accounts }: ImportAccounts) {
    return { accounts: await this.imports.import(principal, accounts, (index) => `accounts.${index}`) };
  }
}
