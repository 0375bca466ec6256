import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, notFound, pageOf, type Principal } from '@tollkeeper/platform';
import { accountOf } from '../own-account';
import { IdParams } from '../payments-requests';
import { paymentView } from '../payments-views';
import { BalanceSettings } from './balance-settings.service';
import { BalanceRepository } from './balance.repository';
import {
  BalanceEntriesQuery,
  BalanceQuery,
  PutRenewalSource,
  RecordTopUp,
  RequestTopUp,
} from './top-up-requests';
import { balanceEntryView, topUpView } from './top-up-views';
import { TopUpService } from './top-up.service';

@ApiTags('payments')
@Controller('v1/payments')
export class TopUpController {
  constructor(
    private readonly topUps: TopUpService,
    private readonly settings: BalanceSettings,
    private readonly balances: BalanceRepository,
  ) {}

  @Post('top-ups')
  @HttpCode(202)
  @Allow({ roles: ['care', 'billing'], scope: 'payments:write', subscriber: true })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Load money onto the balance with the default card',
    description:
      'Answers 202 with a top-up to look at again; `amount` in minor units. Subscribers leave `accountId` out. A plan in grace is tried again as soon as the money is there. Errors: 404 account, 409 `paymentMethodMissing`, `methodRefused`, 422 currency.',
  })
  async request(@CurrentPrincipal() principal: Principal, @Body() { accountId, amount }: RequestTopUp) {
    const own = accountOf(principal, accountId);
    const wanted = { accountId: own, amountMinor: amount.minor, currency: amount.currency };
    return topUpView(await this.topUps.request(principal, wanted), []);
  }

  @Post('top-ups/recorded')
  @Allow({ roles: ['care', 'billing', 'finance'], scope: 'payments:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Record a top-up by voucher, bank or cash',
    description:
      'On the balance at once, with a receipt; answers the payment. A voucher’s `reference` is good once (409 `voucherUsed`). Errors: 404 account, 422 currency.',
  })
  async record(@CurrentPrincipal() principal: Principal, @Body() { amount, ...recorded }: RecordTopUp) {
    const money = { amountMinor: amount.minor, currency: amount.currency };
    return paymentView(await this.topUps.record(principal, { ...recorded, ...money }));
  }

  @Get('top-ups/:id')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read', subscriber: true })
  @ApiOperation({
    summary: 'What became of a top-up by card',
    description: '`outcome` is null until the gateway has been asked.',
  })
  async find(@CurrentPrincipal() principal: Principal, @Param() { id }: IdParams) {
    const found = await this.topUps.find(principal.tenantId, id);
    const isTheirs = principal.kind !== 'subscriber' || found?.topUp.accountId === principal.accountId;
    if (!found || !isTheirs) throw notFound('top-up', id);
    return topUpView(found.topUp, found.attempts);
  }

  @Get('top-up-balance')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read', subscriber: true })
  @ApiOperation({
    summary: 'What is on an account’s top-up balance, and whether renewals are paid from it',
    description: 'In minor units. Subscribers leave `accountId` out; staff name it (422).',
  })
  async balance(@CurrentPrincipal() principal: Principal, @Query() { accountId }: BalanceQuery) {
    return this.settings.show(principal.tenantId, accountOf(principal, accountId));
  }

  @Put('top-up-balance')
  @Allow({ roles: ['care', 'billing'], scope: 'payments:write', subscriber: true })
  @ApiOperation({
    summary: 'Whether renewals are paid from the balance',
    description:
      '`balanceFirst`: from the balance when it covers the whole price, else by card. `balanceOnly`: never by card. `cardOnly`: never from the balance. A renewal is never split.',
  })
  async setSource(@CurrentPrincipal() principal: Principal, @Body() { accountId, source }: PutRenewalSource) {
    const own = accountOf(principal, accountId);
    await this.settings.setSource(principal, own, source);
    return this.settings.show(principal.tenantId, own);
  }

  @Get('top-up-entries')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read', subscriber: true })
  @ApiOperation({
    summary: 'All movements of a top-up balance, newest first',
    description: 'Each with the balance after it; page on with the last `no`. Staff name the account (422).',
  })
  async entries(
    @CurrentPrincipal() principal: Principal,
    @Query() { accountId, ...page }: BalanceEntriesQuery,
  ) {
    const rows = await this.balances.history(principal.tenantId, accountOf(principal, accountId), page);
    return pageOf(rows.map(balanceEntryView), page.limit);
  }
}
