import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  UseInterceptors,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, type Principal } from '@tollkeeper/platform';
import type { OfferingDraft } from '@tollkeeper/tariff';
import {
  AddOfferingVersion,
  CloneOffering,
  CreateOffering,
  DiffQuery,
  OfferingParams,
  OfferingsQuery,
  OfferingVersionParams,
} from '../catalog-requests';
import { DifferencesView, OfferingPage, OfferingView, offeringView, ValidationView } from '../catalog-views';
import { OfferingDrafts } from './offering-draft.service';
import { OfferingService } from './offering.service';

@ApiTags('catalog')
@Controller('v1/catalog/offerings')
export class OfferingController {
  constructor(
    private readonly offerings: OfferingService,
    private readonly drafts: OfferingDrafts,
  ) {}

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
    return offeringView(await this.drafts.create(principal, draftOf(body)));
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
    return offeringView(await this.drafts.addVersion(principal, draftOf({ ...body, offeringId })));
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

  @Put(':offeringId/versions/:version')
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @ApiOperation({
    summary: 'Write a draft anew',
    description: 'The body is the whole version. 409 `notADraft`: what is published never changes.',
  })
  @ApiOkResponse({ type: OfferingView })
  async replace(
    @CurrentPrincipal() principal: Principal,
    @Param() { offeringId, version }: OfferingVersionParams,
    @Body() body: AddOfferingVersion,
  ) {
    return offeringView(await this.drafts.replace(principal, version, draftOf({ ...body, offeringId })));
  }

  @Delete(':offeringId/versions/:version')
  @HttpCode(204)
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @ApiOperation({ summary: 'Discard a draft', description: 'The audit log keeps it. 409 `notADraft`.' })
  async discard(
    @CurrentPrincipal() principal: Principal,
    @Param() { offeringId, version }: OfferingVersionParams,
  ): Promise<void> {
    await this.drafts.discard(principal, offeringId, version);
  }

  @Post(':offeringId/versions/:version/clone')
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Make a draft of another offering, or of this one, from this version',
    description:
      'Any version can be cloned, also one that was withdrawn. `offeringId` of the body names the offering that gets the draft; coupon codes are taken over and must be changed before it is published beside the original.',
  })
  @ApiCreatedResponse({ type: OfferingView })
  async clone(
    @CurrentPrincipal() principal: Principal,
    @Param() { offeringId, version }: OfferingVersionParams,
    @Body() body: CloneOffering,
  ) {
    const from = await this.offerings.get(principal.tenantId, offeringId, version);
    return offeringView(await this.drafts.clone(principal, from, body));
  }

  @Post('validate')
  @HttpCode(200)
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @ApiOperation({
    summary: 'Look at a version as if it were published now: nothing is written',
    description:
      'The answer has every finding with its place and the way out, and what would change against the newest published version. 400 where the body does not have the shape of an offering.',
  })
  @ApiOkResponse({ type: ValidationView })
  async validate(@CurrentPrincipal() { tenantId }: Principal, @Body() body: CreateOffering) {
    const { findings, changes } = await this.drafts.validate(tenantId, draftOf(body));
    return { valid: findings.length === 0, findings, changes };
  }

  @Get(':offeringId/versions/:version/diff')
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'catalog:read' })
  @ApiOperation({
    summary: 'What differs between this version and another one, field by field',
    description:
      '`before` is the version of the query, `after` this one. Amounts are minor units; members of lists are matched by their ids, so that order alone is no difference.',
  })
  @ApiOkResponse({ type: DifferencesView })
  async diff(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param() { offeringId, version }: OfferingVersionParams,
    @Query() { withOfferingId = offeringId, withVersion = Math.max(1, version - 1) }: DiffQuery,
  ) {
    const before = { offeringId: withOfferingId, version: withVersion };
    return { data: await this.offerings.diff(tenantId, before, { offeringId, version }) };
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

/** Fields that are left out are not there. */
const draftOf = (body: object): OfferingDraft => body as OfferingDraft;
