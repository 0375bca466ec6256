import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { instant } from '@tollkeeper/calendar';
import {
  Allow,
  CurrentPrincipal,
  idField,
  Idempotent,
  instantField,
  pageQuery,
  type Principal,
  reasonField,
} from '@tollkeeper/platform';
import { amountField, rateEntryFields, usagePriceRuleFields } from '@tollkeeper/tariff';
import type { OverrideRow } from './price-override.schema';
import { PriceOverrideService } from './price-override.service';

const price = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('charge'),
    offeringId: idField,
    chargeId: idField,
    amountMinor: amountField,
  }),
  z.strictObject({
    kind: z.literal('usagePrice'),
    offeringId: idField.optional(),
    rule: usagePriceRuleFields,
  }),
  z.strictObject({ kind: z.literal('deckRate'), deckId: idField, entry: rateEntryFields }),
]);
const dated = { from: instantField.transform(instant), to: instantField.transform(instant) };

class OverridePrice extends createZodDto(
  z.strictObject({
    accountId: idField,
    subscriptionId: idField.optional().describe('Left out: all subscriptions of the account'),
    price,
    from: dated.from.optional().describe('Left out: now'),
    to: dated.to.optional().describe('Left out: until it is ended'),
    reason: reasonField,
  }),
) {}
class EndOverride extends createZodDto(
  z.strictObject({ to: dated.to.optional().describe('Left out: now'), reason: reasonField }),
) {}
class OverrideParams extends createZodDto(z.strictObject({ overrideId: idField })) {}
class OverridesQuery extends createZodDto(pageQuery.extend({ accountId: idField.optional() })) {}

const view = z.object({
  id: z.string(),
  accountId: z.string(),
  subscriptionId: z.string().nullable(),
  price,
  from: z.string(),
  to: z.string().nullable(),
  reason: z.string(),
  createdAt: z.string(),
});
class PriceOverrideView extends createZodDto(view) {}
class PriceOverridePage extends createZodDto(z.object({ data: z.array(view), hasMore: z.boolean() })) {}

const overrideView = ({ _id, fact, reason, createdAt }: OverrideRow) => ({
  ...{ id: _id, accountId: fact.accountId, subscriptionId: fact.subscriptionId, price: fact.price },
  ...{ from: fact.from, to: fact.to, reason, createdAt },
});

@ApiTags('catalog')
@Controller('v1/catalog/price-overrides')
export class PriceOverrideController {
  constructor(private readonly overrides: PriceOverrideService) {}

  @Post()
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Give an account or a subscription a price of its own',
    description:
      '`charge`: the amount of a recurring or one-off charge, in minor units, for periods that begin in [from, to). `usagePrice`: a rule that goes before the plan’s own. `deckRate`: a row in place of the deck’s row with the same key (usage type, serving zone, prefix, band), or besides it; rates are decimal strings for `perUnits` seconds, messages or bytes. A subscription’s own price goes before its account’s. 409 `overlap`: one price at a time; 422 names an unknown offering, charge, deck, currency or subscription.',
  })
  @ApiCreatedResponse({ type: PriceOverrideView })
  async create(@CurrentPrincipal() principal: Principal, @Body() body: OverridePrice) {
    return overrideView(await this.overrides.create(principal, body));
  }

  @Get()
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'catalog:read' })
  @ApiOperation({
    summary: 'List price overrides',
    description: '`accountId` shows those of one account; page on with the last `id`.',
  })
  @ApiOkResponse({ type: PriceOverridePage })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() query: OverridesQuery) {
    const { data, hasMore } = await this.overrides.page(tenantId, query);
    return { data: data.map(overrideView), hasMore };
  }

  @Get(':overrideId')
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'catalog:read' })
  @ApiOperation({ summary: 'Show one price override' })
  @ApiOkResponse({ type: PriceOverrideView })
  async get(@CurrentPrincipal() { tenantId }: Principal, @Param() { overrideId }: OverrideParams) {
    return overrideView(await this.overrides.get(tenantId, overrideId));
  }

  @Post(':overrideId/end')
  @HttpCode(200)
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @ApiOperation({
    summary: 'End a price override at `to` (left out: now)',
    description:
      'Not before now: usage until then is rated. Before its beginning it is called off. 409 `endedAlready`.',
  })
  @ApiOkResponse({ type: PriceOverrideView })
  async end(
    @CurrentPrincipal() principal: Principal,
    @Param() { overrideId }: OverrideParams,
    @Body() { to, reason }: EndOverride,
  ) {
    const wanted = { reason, ...(to === undefined ? {} : { to }) };
    return overrideView(await this.overrides.end(principal, overrideId, wanted));
  }
}
