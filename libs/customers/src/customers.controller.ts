import { Body, Controller, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, type Principal } from '@tollkeeper/platform';
import { AccountImportService } from './accounts/account-import.service';
import { ChangePlan, ImportAccounts, SubscriptionParams, TerminateSubscription } from './customers-requests';
import { ImportedAccountsView, SubscriptionView, subscriptionView } from './customers-views';
import { SubscriptionService } from './subscriptions/subscription.service';

@ApiTags('customers')
@Controller('v1/customers')
export class CustomersController {
  constructor(
    private readonly imports: AccountImportService,
    private readonly subscriptions: SubscriptionService,
  ) {}

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

  @Post('subscriptions/:subscriptionId/plan-change')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Change the plan of a subscription, now or later',
    description:
      '`from` left out is now; it cannot lie before. 409 `planScheduled` when a later change is planned, `otherPayment` between plans invoiced and paid in advance.',
  })
  @ApiOkResponse({ type: SubscriptionView })
  async changePlan(
    @CurrentPrincipal() principal: Principal,
    @Param() { subscriptionId }: SubscriptionParams,
    @Body() body: ChangePlan,
  ) {
    return subscriptionView(await this.subscriptions.changePlan(principal, subscriptionId, body));
  }

  @Post('subscriptions/:subscriptionId/terminate')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'End a subscription',
    description:
      '`at` left out is now; it cannot lie in the future. Its identifiers are free from then on. 409 `notLive`.',
  })
  @ApiOkResponse({ type: SubscriptionView })
  async terminate(
    @CurrentPrincipal() principal: Principal,
    @Param() { subscriptionId }: SubscriptionParams,
    @Body() body: TerminateSubscription,
  ) {
    return subscriptionView(await this.subscriptions.terminate(principal, subscriptionId, body));
  }
}
