import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  currencyField,
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
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { readsDocuments } from '../invoices/document-access';
import { mostInstalments } from '../domain/devices/instalment-plan';
import { DeviceSaleService, type WantedSale } from './device-sale.service';
import { InstalmentPlanRepository } from './instalment-plan.repository';
import { planView } from './instalment-plan-view';

const minorField = z
  .number()
  .int('must be whole minor units (cents)')
  .min(0, 'must not be below 0')
  .max(1_000_000_000_00);

class SaleRequest extends createZodDto(
  z.strictObject({
    accountId: idField,
    subscriptionId: idField.optional().describe('The service that it is sold with. Left out: none.'),
    offeringId: idField
      .optional()
      .describe('An offering of the kind `device`: its name, price and terms hold where nothing is given.'),
    device: z
      .strictObject({
        name: z.string().trim().min(1).max(100).optional().describe('As printed on the bill.'),
        taxCode: z
          .string()
          .regex(/^[A-Za-z0-9_.-]{1,40}$/, 'must be a tax code: letters, digits, _ . -')
          .optional()
          .describe('Left out: of the offering, else `device`.'),
      })
      .optional(),
    price: z
      .strictObject({ minor: minorField.min(1, 'must be above 0'), currency: currencyField })
      .optional()
      .describe('Whole price. With tax where the tenant’s prices include it, else net: its tax is on top.'),
    downPayment: minorField.optional().describe('Minor units of the price, billed with the delivery.'),
    value: minorField
      .optional()
      .describe('Worth of the device at the sale, minor units. Left out: the price.'),
    instalments: z.number().int().min(1).max(mostInstalments).optional().describe('Months.'),
    deliveredOn: localDateField.optional().describe('Left out: today. Its tax rate holds.'),
    firstDueOn: localDateField.optional().describe('Left out: the delivery, so on the bill of the delivery.'),
    onTermination: z
      .enum(['accelerate', 'goOn'])
      .optional()
      .describe(
        'When the service ends: all that is left at once, or month by month as agreed. Left out: of the offering, else `goOn`.',
      ),
    reason: reasonField,
  }),
) {}
class CancelRequest extends createZodDto(z.strictObject({ reason: reasonField })) {}
class PlanQuery extends createZodDto(
  pageQuery.extend({
    accountId: idField.optional(),
    subscriptionId: idField.optional(),
    open: z.enum(['true', 'false']).optional().describe('Something of it is still to be billed.'),
  }),
) {}

const write = { roles: ['billing' as const, 'care' as const], scope: 'invoicing:write' as const };

@ApiTags('invoicing')
@Controller('v1/invoicing/instalment-plans')
export class InstalmentPlanController {
  constructor(
    private readonly plans: InstalmentPlanRepository,
    private readonly sales: DeviceSaleService,
  ) {}

  @Post()
  @UseInterceptors(Idempotent)
  @Allow(write)
  @ApiOperation({
    summary: 'Sell a device on instalments',
    description:
      'Equal instalments rounded once, the last is the whole less the others. The first bill with a cut-off after `deliveredOn` has the device at its whole price with all of its tax (Directive 2006/112/EC Art. 14(2)(b), 63: a good is taxed at delivery), less what waits, and the first instalment; instalments bear no tax and are no revenue. Amounts in minor units. 422 names the field: unknown account or subscription, other currency, no tax row for the code, a price that makes no such instalments; nothing is written then.',
  })
  async sell(@CurrentPrincipal() principal: Principal, @Body() body: SaleRequest) {
    return planView(await this.sales.sell(principal, wantedOf(body)));
  }

  @Post('preview')
  @HttpCode(200)
  @Allow({ roles: ['billing', 'care'], scope: 'invoicing:read' })
  @ApiOperation({
    summary: 'The schedule that a sale would have',
    description: 'The function of the sale itself, same request; nothing is written.',
  })
  async preview(@CurrentPrincipal() { tenantId }: Principal, @Body() body: SaleRequest) {
    return { ...planView(await this.sales.plan(tenantId, wantedOf(body))), id: null };
  }

  @Post(':planId/cancel')
  @HttpCode(200)
  @Allow(write)
  @ApiOperation({
    summary: 'Cancel a sale that is on no bill yet',
    description: '409 `onBill` once a draft or final bill has it. Cancelling again changes nothing.',
  })
  async cancel(
    @CurrentPrincipal() principal: Principal,
    @Param('planId') planId: string,
    @Body() { reason }: CancelRequest,
  ) {
    return planView(await this.sales.cancel(principal, planId, reason));
  }

  @Get()
  @Allow(readsDocuments)
  @ApiOperation({
    summary: 'Devices sold on instalments, newest first',
    description: 'Each with its schedule and the bill of each instalment; subscribers see their own.',
  })
  async list(
    @CurrentPrincipal() { tenantId, kind, accountId }: Principal,
    @Query() { limit, startingAfter, open, ...filter }: PlanQuery,
  ) {
    const own = kind === 'subscriber' ? { accountId: accountId ?? '' } : {};
    const isOpen = open === undefined ? {} : { open: open === 'true' };
    const { data, hasMore } = pageOf(
      await this.plans.list(tenantId, { ...filter, ...isOpen, ...own }, limit + 1, startingAfter),
      limit,
    );
    return { data: data.map(planView), hasMore };
  }

  @Get(':planId')
  @Allow(readsDocuments)
  @ApiOperation({
    summary: 'An instalment plan with its schedule',
    description: 'Down payment + billed + paid off + accelerated + reduced + open = price, in minor units.',
  })
  async show(@CurrentPrincipal() { tenantId, kind, accountId }: Principal, @Param('planId') planId: string) {
    const plan = await this.plans.find(tenantId, planId);
    if (!plan || (kind === 'subscriber' && plan.accountId !== accountId))
      throw notFound('instalment plan', planId);
    return planView(plan);
  }
}

const wantedOf = ({ accountId, device = {}, reason, ...given }: SaleRequest): WantedSale => ({
  accountId,
  subscriptionId: given.subscriptionId ?? null,
  offeringId: given.offeringId ?? null,
  name: device.name ?? null,
  taxCode: device.taxCode ?? null,
  price: given.price ?? null,
  downPaymentMinor: given.downPayment ?? null,
  valueMinor: given.value ?? null,
  count: given.instalments ?? null,
  deliveredOn: given.deliveredOn ?? null,
  firstDueOn: given.firstDueOn ?? null,
  onTermination: given.onTermination ?? null,
  reason,
});
