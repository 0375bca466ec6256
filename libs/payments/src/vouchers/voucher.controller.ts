import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import { instant } from '@tollkeeper/calendar';
import {
  Allow,
  CurrentPrincipal,
  currencyField,
  Idempotent,
  idField,
  instantField,
  notFound,
  pageOf,
  pageQuery,
  type Principal,
  reasonField,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { accountOf } from '../own-account';
import { IdParams, ReasonBody } from '../payments-requests';
import { paymentView } from '../payments-views';
import { VoucherRepository } from './voucher.repository';
import type { VoucherBatchRow } from './voucher.schema';
import { VoucherService } from './voucher.service';

class IssueVouchers extends createZodDto(
  z.strictObject({
    name: z.string().trim().min(1).max(100),
    count: z.number().int().min(1).max(1_000),
    value: z.strictObject({ minor: z.number().int().min(1).max(100_000_000), currency: currencyField }),
    expiresAt: instantField.transform(instant),
    reason: reasonField,
  }),
) {}
class BatchesQuery extends createZodDto(pageQuery) {}
class RedeemVoucher extends createZodDto(
  z.strictObject({
    accountId: idField.optional(),
    code: z.string().regex(/^[A-Za-z -]{16,30}$/, 'must be the sixteen letters of a voucher'),
  }),
) {}

const redeemLimit = { default: { ttl: 60_000, limit: 60 } };

const view = ({ _id, valueMinor, currency, ...row }: VoucherBatchRow, tally?: Record<string, number>) => ({
  ...{ id: _id, name: row.name, count: row.count, value: { minor: valueMinor, currency } },
  ...{ expiresAt: row.expiresAt, createdAt: row.createdAt, by: row.by },
  ...(tally
    ? { issued: tally['issued'] ?? 0, redeemed: tally['redeemed'] ?? 0, void: tally['void'] ?? 0 }
    : {}),
});

@ApiTags('payments')
@Controller('v1/payments')
export class VoucherController {
  constructor(
    private readonly service: VoucherService,
    private readonly vouchers: VoucherRepository,
  ) {}

  @Post('voucher-batches')
  @Allow({ roles: ['finance'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Make voucher codes',
    description:
      'At most 1,000 of one value (minor units). The codes are told in this answer only; our rows hold hashes. No Idempotency-Key: an answer that got lost is a batch to be voided.',
  })
  async issue(@CurrentPrincipal() principal: Principal, @Body() { value, ...rest }: IssueVouchers) {
    const wanted = { ...rest, valueMinor: value.minor, currency: value.currency };
    const { batch, codes } = await this.service.issue(principal, wanted);
    return { ...view(batch), codes };
  }

  @Get('voucher-batches')
  @Allow({ roles: ['billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({ summary: 'Batches of vouchers, without their codes' })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() page: BatchesQuery) {
    const rows = await this.vouchers.listBatches(tenantId, page);
    return pageOf(
      rows.map((row) => view(row)),
      page.limit,
    );
  }

  @Get('voucher-batches/:id')
  @Allow({ roles: ['billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({ summary: 'How many of a batch are redeemed' })
  async one(@CurrentPrincipal() { tenantId }: Principal, @Param() { id }: IdParams) {
    const row = await this.vouchers.batch(tenantId, id);
    if (!row) throw notFound('voucher batch', id);
    return view(row, await this.vouchers.tally(tenantId, id));
  }

  @Post('voucher-batches/:id/void')
  @HttpCode(200)
  @Allow({ roles: ['finance'], scope: 'payments:write' })
  @ApiOperation({ summary: 'Make void what of a batch is not redeemed' })
  async withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() { reason }: ReasonBody,
  ) {
    const row = await this.service.withdraw(principal, id, reason);
    return view(row, await this.vouchers.tally(principal.tenantId, id));
  }

  @Post('vouchers/redeem')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing'], scope: 'payments:write', subscriber: true })
  @UseInterceptors(Idempotent)
  @Throttle(redeemLimit)
  @ApiOperation({
    summary: 'Redeem a voucher onto the top-up balance',
    description:
      'Answers the payment. Subscribers leave `accountId` out. Five wrong codes within an hour hold an account up for the rest of it (429). Errors: 404 account, 409 `voucherUsed`, `voucherExpired`, 422 no such voucher, another currency.',
  })
  async redeem(@CurrentPrincipal() principal: Principal, @Body() { accountId, code }: RedeemVoucher) {
    return paymentView(await this.service.redeem(principal, accountOf(principal, accountId), code));
  }
}
