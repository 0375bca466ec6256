import { Body, Controller, Get, HttpCode, Param, Patch, Post, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, type Principal } from '@tollkeeper/platform';
import { RenewalRequestService } from './renewal-request.service';
import { ChangeRenewal, RenewalRequestParams, RenewalSubscriptionParams } from './renewal-requests';
import { type RenewalChange, RenewalSettings } from './renewal-settings.service';
import { RenewalRequestView, renewalRequestView, RenewalView, renewalView } from './renewal-views';

@ApiTags('customers')
@Controller('v1/customers')
export class RenewalController {
  constructor(
    private readonly settings: RenewalSettings,
    private readonly requests: RenewalRequestService,
  ) {}

  @Get('subscriptions/:subscriptionId/renewal')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'customers:read', subscriber: true })
  @ApiOperation({
    summary: 'How a plan paid in advance stands: paid until when, in which state, what comes next',
    description:
      '`active`: paid. `grace`: the charge failed and is tried again, the service goes on. `lapsed`: it has stopped, and paying brings it back. `expired`: it has ended and its number is freed. Amounts in minor units. 409 `notPaidInAdvance`.',
  })
  @ApiOkResponse({ type: RenewalView })
  async show(
    @CurrentPrincipal() principal: Principal,
    @Param() { subscriptionId }: RenewalSubscriptionParams,
  ) {
    return renewalView(await this.settings.show(principal, subscriptionId));
  }

  @Patch('subscriptions/:subscriptionId/renewal')
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write', subscriber: true })
  @ApiOperation({
    summary: 'Renew automatically or not, and with which plan',
    description:
      '`autoRenew: false`: the plan ends with its paid period, without a charge. `nextOfferingId`: the next period is charged at that plan’s price and for its days, and begins with it; null takes that back. 422 for a plan that is unknown, not sold then, in another currency or invoiced; 409 `notRenewable`, `planScheduled`, `notPaidInAdvance`.',
  })
  @ApiOkResponse({ type: RenewalView })
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param() { subscriptionId }: RenewalSubscriptionParams,
    @Body() { autoRenew, nextOfferingId }: ChangeRenewal,
  ) {
    const wanted: RenewalChange = {
      ...(autoRenew === undefined ? {} : { autoRenew }),
      ...(nextOfferingId === undefined ? {} : { nextOfferingId }),
    };
    return renewalView(await this.settings.change(principal, subscriptionId, wanted));
  }

  @Post('subscriptions/:subscriptionId/renewals')
  @HttpCode(202)
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write', subscriber: true })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Renew by hand: early, in grace, or after the plan has lapsed',
    description:
      'Answers 202 with a request to look at again. It is paid from the top-up balance or the card, by the account’s rule. Early it adds a period to the paid one; late it begins when it is paid and brings the service back. 409 `notRenewable`, `alreadyBeingPaid`.',
  })
  @ApiOkResponse({ type: RenewalRequestView })
  async renew(
    @CurrentPrincipal() principal: Principal,
    @Param() { subscriptionId }: RenewalSubscriptionParams,
  ) {
    return renewalRequestView(await this.requests.request(principal, subscriptionId));
  }

  @Get('renewal-requests/:requestId')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'customers:read', subscriber: true })
  @ApiOperation({
    summary: 'What became of a renewal by hand',
    description:
      '`outcome` is null until the charge is decided; `notRenewable`: the subscription ended before it was charged.',
  })
  @ApiOkResponse({ type: RenewalRequestView })
  async find(@CurrentPrincipal() principal: Principal, @Param() { requestId }: RenewalRequestParams) {
    return renewalRequestView(await this.requests.find(principal, requestId));
  }
}
