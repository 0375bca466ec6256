import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { revenueCategories } from '@tollkeeper/contracts';
import {
  Allow,
  CurrentPrincipal,
  idField,
  Idempotent,
  localDateField,
  notFound,
  pageOf,
  pageQuery,
  type Principal,
  reasonField,
} from '@tollkeeper/platform';
import { amountField } from '../amount-field';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { OneOffChargeRepository } from './one-off-charge.repository';
import type { OneOffChargeRow } from './one-off-charge.schema';
import { OneOffChargeService } from './one-off-charge.service';

class OneOffChargeRequest extends createZodDto(
  z.strictObject({
    accountId: idField,
    subscriptionId: idField.optional(),
    charge: z
      .strictObject({ offeringId: idField, chargeId: idField })
      .optional()
      .describe('A one-off charge of the catalog of the kind `other`.'),
    amount: amountField
      .optional()
      .describe('Net, in minor units. Left out: the catalog price, or the price of the account.'),
    description: z.string().trim().min(1).max(120).optional().describe('As printed on the bill.'),
    taxCode: z
      .string()
      .regex(/^[A-Za-z0-9_.-]{1,40}$/, 'must be a tax code: letters, digits, _ . -')
      .optional(),
    revenueCategory: z.enum(revenueCategories).optional(),
    on: localDateField.optional().describe('Day of the service; left out: today.'),
    reason: reasonField,
  }),
) {}
class CancelRequest extends createZodDto(z.strictObject({ reason: reasonField })) {}
class OneOffChargeQuery extends createZodDto(
  pageQuery.extend({
    accountId: idField.optional(),
    subscriptionId: idField.optional(),
    state: z.enum(['placed', 'billed', 'cancelled']).optional(),
  }),
) {}

const read = {
  roles: ['billing' as const, 'care' as const, 'finance' as const, 'auditor' as const],
  scope: 'invoicing:read' as const,
};
const write = { roles: ['billing' as const, 'care' as const], scope: 'invoicing:write' as const };

@ApiTags('invoicing')
@Controller('v1/invoicing/one-off-charges')
export class OneOffChargeController {
  constructor(
    private readonly charges: OneOffChargeRepository,
    private readonly service: OneOffChargeService,
  ) {}

  @Post()
  @UseInterceptors(Idempotent)
  @Allow(write)
  @ApiOperation({
    summary: 'Place a one-off charge',
    description:
      "Billed once, by the first bill whose cut-off is after `on`; amounts net, in minor units. Either a catalog charge, or amount, taxCode and description. 422 names the field: unknown charge, other currency, no tax row for the code in the account's country; nothing is written then. Setup and activation fees of offerings are billed by themselves.",
  })
  async place(@CurrentPrincipal() principal: Principal, @Body() body: OneOffChargeRequest) {
    return view(
      await this.service.place(principal, {
        accountId: body.accountId,
        subscriptionId: body.subscriptionId ?? null,
        charge: body.charge ?? null,
        amount: body.amount ?? null,
        description: body.description ?? null,
        taxCode: body.taxCode ?? null,
        revenueCategory: body.revenueCategory ?? null,
        on: body.on ?? null,
        reason: body.reason,
      }),
    );
  }

  @Post(':placedChargeId/cancel')
  @HttpCode(200)
  @Allow(write)
  @ApiOperation({
    summary: 'Cancel a one-off charge that is on no bill yet',
    description: '409 `onBill` once a draft or final bill has it. Cancelling again changes nothing.',
  })
  async cancel(
    @CurrentPrincipal() principal: Principal,
    @Param('placedChargeId') placedChargeId: string,
    @Body() { reason }: CancelRequest,
  ) {
    return view(await this.service.cancel(principal, placedChargeId, reason));
  }

  @Get()
  @Allow(read)
  @ApiOperation({
    summary: 'One-off charges that were placed, newest first',
    description: '`invoiceId` names the final bill of those that are billed.',
  })
  async list(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { limit, startingAfter, ...filter }: OneOffChargeQuery,
  ) {
    const { data, hasMore } = pageOf(
      await this.charges.list(tenantId, filter, limit + 1, startingAfter),
      limit,
    );
    return { data: data.map(view), hasMore };
  }

  @Get(':placedChargeId')
  @Allow(read)
  @ApiOperation({ summary: 'A one-off charge that was placed' })
  async show(@CurrentPrincipal() { tenantId }: Principal, @Param('placedChargeId') placedChargeId: string) {
    const row = await this.charges.find(tenantId, placedChargeId);
    if (!row) throw notFound('one-off charge', placedChargeId);
    return view(row);
  }
}

const view = ({ _id, placedChargeId: _, amountMinor, currency, billedBy, ...row }: OneOffChargeRow) => ({
  id: _id,
  ...row,
  amount: { minor: amountMinor, currency },
  invoiceId: billedBy?.invoiceId ?? null,
});
