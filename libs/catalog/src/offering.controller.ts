import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, type Principal } from '@tollkeeper/platform';
import {
  AddOfferingVersion,
  CreateOffering,
  OfferingParams,
  OfferingsQuery,
  OfferingVersionParams,
} from './catalog-requests';
import { OfferingPage, OfferingView, offeringView } from './catalog-views';
import { OfferingService } from './offering.service';

@ApiTags('catalog')
@Controller('v1/catalog/offerings')
export class OfferingController {
  constructor(private readonly offerings: OfferingService) {}

  @Post()
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Create an offering: its first version, as a draft',
    description:
      'Amounts are minor units of the currency, allowance units are seconds, messages or bytes. 422 names every field and the reason: unknown currency or deck, a zone that no rate of the deck has, a `validFrom` before the deck is valid. 409 `offeringExists`.',
  })
  @ApiCreatedResponse({ type: OfferingView })
  async create(@CurrentPrincipal() principal: Principal, @Body() body: CreateOffering) {
    return offeringView(await this.offerings.create(principal, body));
  }

  @Post(':offeringId/versions')
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Add a version to an offering, as a draft',
    description:
      'The body is a whole version; its `validFrom` must be later than that of the published version before it.',
  })
  @ApiCreatedResponse({ type: OfferingView })
  async addVersion(
    @CurrentPrincipal() principal: Principal,
    @Param() { offeringId }: OfferingParams,
    @Body() body: AddOfferingVersion,
  ) {
    return offeringView(await this.offerings.addVersion(principal, { ...body, offeringId }));
  }

  @Post(':offeringId/versions/:version/publish')
  @HttpCode(200)
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @ApiOperation({
    summary: 'Publish a draft: from now on it never changes',
    description:
      'Rating, invoicing and customers receive it; `inForceAt` is set once all have acknowledged. 409 `notADraft`; 422 when the deck that it needs is not published.',
  })
  @ApiOkResponse({ type: OfferingView })
  async publish(
    @CurrentPrincipal() principal: Principal,
    @Param() { offeringId, version }: OfferingVersionParams,
  ) {
    return offeringView(await this.offerings.publish(principal, offeringId, version));
  }

  @Get()
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'catalog:read' })
  @ApiOperation({
    summary: 'List offering versions',
    description: 'By offering and version; `offeringId` shows one offering; page on with the last `id`.',
  })
  @ApiOkResponse({ type: OfferingPage })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() query: OfferingsQuery) {
    const { data, hasMore } = await this.offerings.page(tenantId, query);
    return { data: data.map(offeringView), hasMore };
  }

  @Get(':offeringId/versions/:version')
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'catalog:read' })
  @ApiOperation({ summary: 'Show one version of an offering' })
  @ApiOkResponse({ type: OfferingView })
  async get(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param() { offeringId, version }: OfferingVersionParams,
  ) {
    return offeringView(await this.offerings.get(tenantId, offeringId, version));
  }
}
