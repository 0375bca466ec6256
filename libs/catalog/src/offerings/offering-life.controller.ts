import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '@tollkeeper/platform';
import { BecauseOf, OfferingParams, OfferingVersionParams, RetireOffering } from '../catalog-requests';
import { CatalogSchedule } from '../publications/catalog-schedule.service';
import { OfferingSalesView, OfferingView, offeringView, ScheduleView } from '../catalog-views';
import { OfferingSalesService } from './offering-sales.service';
import { OfferingService } from './offering.service';

@ApiTags('catalog')
@Controller('v1/catalog')
export class OfferingLifeController {
  constructor(
    private readonly offerings: OfferingService,
    private readonly sales: OfferingSalesService,
    private readonly schedule: CatalogSchedule,
  ) {}

  @Get('schedule')
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'catalog:read' })
  @ApiOperation({
    summary: 'What comes into force, and when',
    description:
      'Published versions and decks with a later `validFrom` (with what they change), scheduled prices, beginnings and ends of sale; the next first, at most 500. A version is called off by POST .../withdraw before its time.',
  })
  @ApiOkResponse({ type: ScheduleView })
  async coming(@CurrentPrincipal() { tenantId }: Principal) {
    return { data: await this.schedule.coming(tenantId) };
  }

  @Post('offerings/:offeringId/versions/:version/withdraw')
  @HttpCode(200)
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @ApiOperation({
    summary: 'Call off a published version before its `validFrom`',
    description:
      'Rating, invoicing and customers drop their copies. 409 `inUse` once it is in force, or when it is the only version and accounts have ordered it; `notAcknowledged` while it is still on its way; `notTheLast` when a later version follows it.',
  })
  @ApiOkResponse({ type: OfferingView })
  async withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param() name: OfferingVersionParams,
    @Body() { reason }: BecauseOf,
  ) {
    return offeringView(await this.offerings.withdraw(principal, name, reason));
  }

  @Post('offerings/:offeringId/retire')
  @HttpCode(200)
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @ApiOperation({
    summary: 'Retire an offering: not sold from `salesEndAt` on (left out: from now on)',
    description:
      'Who has it keeps it, with the prices of its versions. Orders, imports and plan changes that begin then or later are refused. Taken back by POST .../sell-again.',
  })
  @ApiOkResponse({ type: OfferingSalesView })
  async retire(
    @CurrentPrincipal() principal: Principal,
    @Param() { offeringId }: OfferingParams,
    @Body() { salesEndAt, reason }: RetireOffering,
  ) {
    const wanted = { reason, ...(salesEndAt === undefined ? {} : { salesEndAt }) };
    const row = await this.sales.retire(principal, offeringId, wanted);
    return { offeringId, salesEndAt: row.salesEndAt };
  }

  @Post('offerings/:offeringId/sell-again')
  @HttpCode(200)
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @ApiOperation({ summary: 'Sell a retired offering again', description: '409 `notRetired`.' })
  @ApiOkResponse({ type: OfferingSalesView })
  async sellAgain(
    @CurrentPrincipal() principal: Principal,
    @Param() { offeringId }: OfferingParams,
    @Body() { reason }: BecauseOf,
  ) {
    const row = await this.sales.sellAgain(principal, offeringId, reason);
    return { offeringId, salesEndAt: row.salesEndAt };
  }
}
