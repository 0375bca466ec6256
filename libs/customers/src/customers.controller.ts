import { Body, Controller, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, type Principal } from '@tollkeeper/platform';
import { AccountImportService } from './accounts/account-import.service';
import { ChangePlan, ImportAccounts, SubscriptionParams, TerminateSubscription } from './customers-requests';
import { ImportedAccountsView } from './customers-views';
import { OrderService } from './orders/order.service';
import { OrderView, orderView } from './orders/orders-views';

@ApiTags('customers')
@Controller('v1/customers')
export class CustomersController {
  constructor(
    private readonly imports: AccountImportService,
    private readonly orders: OrderService,
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
  @HttpCode(202)
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Order a change of plan, now or later',
    description:
      'The same as an order of kind `planChange`; answers with it. `from` left out is now; it cannot lie before. 409 `planScheduled` when a later change is planned, `otherPayment` between plans invoiced and paid in advance, `orderOpen`.',
  })
  @ApiAcceptedResponse({ type: OrderView })
  async changePlan(
    @CurrentPrincipal() principal: Principal,
    @Param() { subscriptionId }: SubscriptionParams,
    @Body() { offeringId, from: effectiveAt }: ChangePlan,
  ) {
    const wanted = { kind: 'planChange' as const, subscriptionId, offeringId, effectiveAt };
    return orderView(await this.orders.place(principal, wanted));
  }

  @Post('subscriptions/:subscriptionId/terminate')
  @HttpCode(202)
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Order the end of a subscription',
    description:
      'The same as an order of kind `termination`; answers with it. `at` left out is now. The network takes the SIM out of service, its identifiers age, the final bill comes with the next run. 409 `notLive`, `orderOpen`.',
  })
  @ApiAcceptedResponse({ type: OrderView })
  async terminate(
    @CurrentPrincipal() principal: Principal,
    @Param() { subscriptionId }: SubscriptionParams,
    @Body() { at: effectiveAt, reason }: TerminateSubscription,
  ) {
    const wanted = { kind: 'termination' as const, subscriptionId, reason, effectiveAt };
    return orderView(await this.orders.place(principal, wanted));
  }
}
