import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, notFound, pageOf, type Principal } from '@tollkeeper/platform';
import { accountFilter } from '../own-account';
import { IdParams } from '../payments-requests';
import { RecordPayOut, RefundsQuery, RequestRefund } from './refund-requests';
import { RefundRepository } from './refund.repository';
import type { RefundRow } from './refund.schema';
import { RefundService } from './refund.service';

const refundView = ({ _id, amountMinor, currency, ...row }: RefundRow) => ({
  id: _id,
  requestKey: row.requestKey,
  accountId: row.accountId,
  of: row.of,
  paymentId: row.paymentId,
  renewal: row.renewal,
  amount: { minor: amountMinor, currency },
  gateway: row.gateway,
  state: row.state,
  cause: row.cause,
  reference: row.reference,
  requestedAt: row.requestedAt,
  decidedAt: row.decidedAt,
  nextLookUpAt: row.nextLookUpAt,
});

@ApiTags('payments')
@Controller('v1/payments/refunds')
export class RefundController {
  constructor(
    private readonly service: RefundService,
    private readonly refunds: RefundRepository,
  ) {}

  @Post()
  @HttpCode(202)
  @Allow({ roles: ['billing', 'finance'], scope: 'payments:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Give money back that is kept for a customer',
    description:
      '`of`: a top-up balance, a deposit, or account credit (always the whole of it). `amount` in minor units; left out, the whole balance. It goes back to the cards that it came from, the latest first; what came otherwise is recorded as a pay-out to make by bank. Credit and deposits are first set aside in the books: `refunds` is empty here, read them by `GET`. Errors: 404 account, 409 `balanceTooLow`, `depositTooLow`, 422 currency or amount.',
  })
  async request(@CurrentPrincipal() principal: Principal, @Body() { amount, ...wanted }: RequestRefund) {
    const requestKey = await this.service.request(principal, { ...wanted, amount: amount ?? null });
    const opened = await this.refunds.ofRequest(principal.tenantId, requestKey);
    return { requestKey, refunds: opened.map(refundView) };
  }

  @Get()
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read', subscriber: true })
  @ApiOperation({
    summary: 'Refunds, newest first',
    description:
      '`created`: to be sent. `unknown`: it may have been paid; the gateway is asked at `nextLookUpAt`, it is never paid again. `payOut`: to be made by bank. `paidOut`: finance has made it. `refused`: the books hold less of the deposit; nothing goes.',
  })
  async list(@CurrentPrincipal() principal: Principal, @Query() { accountId, state, ...page }: RefundsQuery) {
    const filter = { ...accountFilter(principal, accountId), ...(state === undefined ? {} : { state }) };
    return pageOf((await this.refunds.list(principal.tenantId, filter, page)).map(refundView), page.limit);
  }

  @Get(':id')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read', subscriber: true })
  @ApiOperation({ summary: 'One refund' })
  async find(@CurrentPrincipal() principal: Principal, @Param() { id }: IdParams) {
    const row = await this.refunds.one(principal.tenantId, id);
    const isTheirs = principal.kind !== 'subscriber' || row?.accountId === principal.accountId;
    if (!row || !isTheirs) throw notFound('refund', id);
    return refundView(row);
  }

  @Post(':id/paid-out')
  @HttpCode(200)
  @Allow({ roles: ['finance', 'billing'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Record that a pay-out was made by bank',
    description: '`reference`: of the transfer. 409 `notToPayOut` for a refund that is not waiting for one.',
  })
  async paidOut(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() { reference }: RecordPayOut,
  ) {
    return refundView(await this.service.recordPayOut(principal, id, reference));
  }
}
