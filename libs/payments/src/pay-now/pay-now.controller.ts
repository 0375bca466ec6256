import { Body, Controller, Get, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, notFound, type Principal } from '@tollkeeper/platform';
import { accountOf } from '../own-account';
import { PayNowService } from './pay-now.service';
import { IdParams, PayNowBody } from '../payments-requests';
import { payRequestView } from '../payments-views';

@ApiTags('payments')
@Controller('v1/payments/pay-now')
export class PayNowController {
  constructor(private readonly payNow: PayNowService) {}

  @Post()
  @HttpCode(202)
  @Allow({ roles: ['care', 'billing'], scope: 'payments:write', subscriber: true })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Pay all that is open with the default card, now',
    description:
      'Answers 202 with a request to look at again. Subscribers leave `accountId` out. Errors: 409 `nothingToPay`, `alreadyBeingPaid`, `paymentMethodMissing`, `methodRefused`.',
  })
  async request(@CurrentPrincipal() principal: Principal, @Body() { accountId }: PayNowBody) {
    return payRequestView(await this.payNow.request(principal, accountOf(principal, accountId)), []);
  }

  @Get(':id')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read', subscriber: true })
  @ApiOperation({
    summary: 'What became of a request to pay',
    description: '`outcome` is null until the gateway has been asked.',
  })
  async find(@CurrentPrincipal() principal: Principal, @Param() { id }: IdParams) {
    const found = await this.payNow.find(principal.tenantId, id);
    const isTheirs = principal.kind !== 'subscriber' || found?.request.accountId === principal.accountId;
    if (!found || !isTheirs) throw notFound('pay request', id);
    return payRequestView(found.request, found.attempts);
  }
}
