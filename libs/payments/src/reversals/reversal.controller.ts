import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, pageOf, type Principal } from '@tollkeeper/platform';
import { ReversalsQuery } from '../payments-requests';
import { ReversalRepository } from './reversal.repository';
import type { ReversalRow } from './reversal.schema';

@ApiTags('payments')
@Controller('v1/payments/reversals')
export class ReversalController {
  constructor(private readonly reversals: ReversalRepository) {}

  @Get()
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({
    summary: 'Payments that were disputed, returned, refunded by the payer or undone',
    description:
      "`state`: `opened` and `respondBy` say until when the gateway takes evidence; `won`, `lost`, `returned` (by the bank) and `refundedByPayer` are final, and so is `undone`: it had been booked to the wrong account. `moneyOut`: the gateway has taken the money, the invoice is open again. `reason` is the gateway's: a dispute's reason, or the return code of ISO 20022 or Nacha.",
  })
  async list(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { accountId, state, ...page }: ReversalsQuery,
  ) {
    const filter = { ...(accountId ? { accountId } : {}), ...(state ? { state } : {}) };
    const rows = await this.reversals.list(tenantId, filter, page);
    return pageOf(
      rows.map((row) => reversalView(tenantId, row)),
      page.limit,
    );
  }
}

const reversalView = (tenantId: string, { _id, amountMinor, currency, ...row }: ReversalRow) => ({
  id: _id.slice(tenantId.length + 1),
  paymentId: row.paymentId,
  accountId: row.accountId,
  invoiceId: row.invoiceId,
  gateway: row.gateway,
  amount: { minor: amountMinor, currency },
  reason: row.reason,
  state: row.state,
  moneyOut: row.moneyOut,
  respondBy: row.respondBy,
  openedAt: row.openedAt,
  closedAt: row.closedAt,
});
