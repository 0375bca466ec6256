import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '@tollkeeper/platform';
import { CreditDesk } from './credit-desk.service';
import {
  ChooseRoamingCap,
  creditListView,
  CreditListQuery,
  CreditListView,
  CreditParams,
  CreditSettingsView,
  CreditStandingView,
  RetryDeposit,
  SetCreditSettings,
  standingView,
  WaiveDeposit,
} from './credit-views';

const maySee = {
  roles: ['care' as const, 'billing' as const, 'finance' as const, 'auditor' as const],
  scope: 'customers:read' as const,
};
const maySettle = { roles: ['billing' as const, 'finance' as const], scope: 'customers:write' as const };

@ApiTags('customers')
@Controller('v1/customers')
export class CreditController {
  constructor(private readonly desk: CreditDesk) {}

  @Get('credit')
  @Allow(maySee)
  @ApiOperation({
    summary: 'Accounts with a limit, cap, deposit or roaming usage',
    description:
      '`barred=true`: those that their usage has barred, the work list of operations. Page on with the last `accountId`.',
  })
  @ApiOkResponse({ type: CreditListView })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() query: CreditListQuery) {
    const { data, hasMore } = await this.desk.page(tenantId, query);
    return { data: data.map(creditListView), hasMore };
  }

  @Get('accounts/:accountId/credit')
  @Allow(maySee)
  @ApiOperation({
    summary: 'What an account is lent, what is barred for it, and its deposit',
    description:
      'Amounts in minor units. `exposure` is usage that no invoice names yet and open debt, less account credit; recurring charges that are still to be billed are left out, a deposit does not lessen it. A cap counts the usage of the running period, without tax, less account credit. `deposit.demanded` is one for the account, or one for each of its services, as the class says (`depositPer`). As told by rating and the books: seconds behind them. An account without terms or deposit is not followed: its `exposure`, `openDebt` and `accountCredit` are null, and its balance is with invoicing (/v1/invoicing/statements/{accountId}).',
  })
  @ApiOkResponse({ type: CreditStandingView })
  async standing(@CurrentPrincipal() { tenantId }: Principal, @Param() { accountId }: CreditParams) {
    return standingView(await this.desk.standing(tenantId, accountId));
  }

  @Put('accounts/:accountId/deposit-waiver')
  @Allow(maySettle)
  @ApiOperation({
    summary: 'Waive the deposit of an account, or take that back',
    description:
      'Holds while the account is in its present class; what is held already stays. An order that waits for the deposit goes on with `retry`. 409 `noDeposit` when the class demands none.',
  })
  @ApiOkResponse({ type: CreditStandingView })
  async waive(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: CreditParams,
    @Body() { waived, reason }: WaiveDeposit,
  ) {
    await this.desk.waive(principal, accountId, waived, reason);
    return standingView(await this.desk.standing(principal.tenantId, accountId));
  }

  @Post('accounts/:accountId/deposit-retry')
  @HttpCode(202)
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Charge a deposit again that a live account lacks and whose charge was refused',
    description:
      'What an order takes is retried by the order. Paid by bank instead it is recorded as a payment with purpose `deposit`. 409 `notRefused`.',
  })
  @ApiOkResponse({ type: CreditStandingView })
  async retry(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: CreditParams,
    @Body() { reason }: RetryDeposit,
  ) {
    await this.desk.retry(principal, accountId, reason);
    return standingView(await this.desk.standing(principal.tenantId, accountId));
  }

  @Put('accounts/:accountId/roaming-data-cap')
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'What the customer chose as the limit of charges for data roaming',
    description:
      'Per billing period, without tax. `usual`: the operator’s own limit or, in the EEA, 50 EUR a month (Regulation (EU) 2022/612, Article 14). Told at 80 % and 100 %; at 100 % data abroad is barred until the next period, or until the customer chooses a higher limit or `none`.',
  })
  @ApiOkResponse({ type: CreditStandingView })
  async chooseRoamingCap(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: CreditParams,
    @Body() { cap, reason }: ChooseRoamingCap,
  ) {
    await this.desk.chooseRoamingCap(principal, accountId, { choice: cap, reason });
    return standingView(await this.desk.standing(principal.tenantId, accountId));
  }

  @Get('credit-settings')
  @Allow(maySee)
  @ApiOperation({ summary: 'The operator’s own limit for data roaming; null: what the law says' })
  @ApiOkResponse({ type: CreditSettingsView })
  async settings(@CurrentPrincipal() { tenantId }: Principal) {
    return { roamingDataCap: await this.desk.operatorRoamingCap(tenantId) };
  }

  @Put('credit-settings')
  @Allow(maySettle)
  @ApiOperation({
    summary: 'Set the operator’s own limit for data roaming',
    description:
      'In the operator’s currency, without tax. An operator of the EEA whose currency is not EUR names the amount that the regulation’s 50 EUR come to in it; until then nothing is capped there.',
  })
  @ApiOkResponse({ type: CreditSettingsView })
  async setSettings(
    @CurrentPrincipal() principal: Principal,
    @Body() { roamingDataCap, reason }: SetCreditSettings,
  ) {
    return { roamingDataCap: await this.desk.setOperatorRoamingCap(principal, roamingDataCap, reason) };
  }
}
