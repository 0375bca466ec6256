import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, notFound, Idempotent, pageOf, type Principal } from '@tollkeeper/platform';
import { AccountDiscountService } from './account-discount.service';
import { CouponRepository } from './coupon.repository';
import { CouponTable } from './coupon-table.service';
import {
  AccountDiscountParams,
  AccountParams,
  Because,
  CouponParams,
  CreateCoupon,
  GiveDiscount,
  PromotionsPage,
  RedeemCoupon,
} from './promotion-requests';
import {
  AccountDiscountPage,
  accountDiscountView,
  AccountDiscountView,
  CouponPageView,
  couponView,
  CouponView,
} from './promotion-views';

@ApiTags('catalog')
@Controller('v1/catalog')
export class PromotionController {
  constructor(
    private readonly table: CouponTable,
    private readonly coupons: CouponRepository,
    private readonly discounts: AccountDiscountService,
  ) {}

  @Post('coupons')
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Create a coupon that stands by itself',
    description:
      'Codes that belong to one offering are written in its `discounts`. `maxRedemptions` left out: no limit; `maxPerCustomer` left out: 1; `validTo` is the first instant at which it is over. Fixed amounts are minor units. 409 `codeTaken`.',
  })
  @ApiCreatedResponse({ type: CouponView })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() { discount, offeringIds, ...terms }: CreateCoupon,
  ) {
    const coupon = { terms, discount, offeringIds: offeringIds ?? null };
    return couponView(await this.table.create(principal, coupon));
  }

  @Get('coupons')
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'catalog:read' })
  @ApiOperation({ summary: 'List coupons by code', description: 'Page on with the last `code`.' })
  @ApiOkResponse({ type: CouponPageView })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() query: PromotionsPage) {
    const { limit } = query;
    const rows = await this.coupons.page(tenantId, { ...query, limit: limit + 1 });
    const { data, hasMore } = pageOf(rows, limit);
    return { data: data.map(couponView), hasMore };
  }

  @Get('coupons/:code')
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'catalog:read' })
  @ApiOperation({ summary: 'Show a coupon and how often it was redeemed' })
  @ApiOkResponse({ type: CouponView })
  async get(@CurrentPrincipal() { tenantId }: Principal, @Param() { code }: CouponParams) {
    return couponView(await this.coupons.get(tenantId, code));
  }

  @Post('coupons/:code/end')
  @HttpCode(200)
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @ApiOperation({
    summary: 'Let nobody redeem a coupon any more',
    description: 'Who redeemed it keeps the discount. 409 `endedAlready`.',
  })
  @ApiOkResponse({ type: CouponView })
  async end(
    @CurrentPrincipal() principal: Principal,
    @Param() { code }: CouponParams,
    @Body() { reason }: Because,
  ) {
    return couponView(await this.table.end(principal, code, reason));
  }

  @Post('accounts/:accountId/redemptions')
  @Allow({ roles: ['billing', 'care'], scope: 'catalog:write', subscriber: true })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Redeem a coupon on an account',
    description:
      'Codes are read without regard to case. The discount holds from now on, for its `periods`; invoicing hears of it. Limits hold to the last redemption, however many come at once. 409 `couponNotYetValid`, `couponExpired`, `couponUsedUp`, `couponRedeemedAlready`; 422 for a code that there is not.',
  })
  @ApiCreatedResponse({ type: AccountDiscountView })
  async redeem(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: AccountParams,
    @Body() body: RedeemCoupon,
  ) {
    refuseOthers(principal, accountId);
    return accountDiscountView(await this.discounts.redeem(principal, accountId, body));
  }

  @Post('accounts/:accountId/discounts')
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Give an account a discount by hand',
    description:
      'From `from` (not before now) for `periods` billing periods, or until it is ended. Percentages are decimal strings, fixed amounts minor units of the account’s currency.',
  })
  @ApiCreatedResponse({ type: AccountDiscountView })
  async give(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: AccountParams,
    @Body() body: GiveDiscount,
  ) {
    return accountDiscountView(await this.discounts.giveByHand(principal, accountId, body));
  }

  @Get('accounts/:accountId/discounts')
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'catalog:read', subscriber: true })
  @ApiOperation({ summary: 'List the discounts of an account', description: 'Page on with the last `id`.' })
  @ApiOkResponse({ type: AccountDiscountPage })
  async given(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: AccountParams,
    @Query() query: PromotionsPage,
  ) {
    refuseOthers(principal, accountId);
    const { data, hasMore } = await this.discounts.page(principal.tenantId, accountId, query);
    return { data: data.map(accountDiscountView), hasMore };
  }

  @Post('account-discounts/:accountDiscountId/end')
  @HttpCode(200)
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @ApiOperation({
    summary: 'End a discount of an account',
    description: 'Periods that begin from now on are not lowered. 409 `endedAlready`.',
  })
  @ApiOkResponse({ type: AccountDiscountView })
  async endGiven(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountDiscountId }: AccountDiscountParams,
    @Body() { reason }: Because,
  ) {
    return accountDiscountView(await this.discounts.end(principal, accountDiscountId, reason));
  }
}

/** Subscribers see and use their own account only. */
function refuseOthers(principal: Principal, accountId: string): void {
  if (principal.kind === 'subscriber' && principal.accountId !== accountId)
    throw notFound('account', accountId);
}
