import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { stringify } from 'csv-stringify';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { deckCsvColumns } from '@tollkeeper/tariff';
import { Allow, badInput, CurrentPrincipal, type Principal } from '@tollkeeper/platform';
import { DeckUploadQuery, DeckVersionParams, DeckZonesBody, PageQuery } from '../catalog-requests';
import { RateDeckPage, RateDeckView, rateDeckView } from '../catalog-views';
import { RateDeckService } from './rate-deck.service';

@ApiTags('catalog')
@Controller('v1/catalog/rate-decks')
export class RateDeckController {
  constructor(private readonly decks: RateDeckService) {}

  @Post()
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @ApiOperation({
    summary: 'Upload a version of a rate deck as CSV, as a draft',
    description:
      'Columns, in any order: prefix (digits; or `short:22833`, `onNet`, `incoming`, `forwarded`, `service`, `zone:home`: see libs/tariff/README.md), usageType (voice, video, sms, mms, data, event), servingZone, zone, description, connectFee, rate (price of `perUnits` seconds, messages or bytes), perUnits, initialIncrement, nextIncrement, roundAt (record, session, day, line), rounding (halfUp, halfEven, up, down). UTF-8, at most 200,000 rows, 64 MiB, 8 KiB a line. All or nothing: 422 lists what is wrong by line. The same file again finds its draft. Serving zones and free numbers are those of the version before it, until PUT .../serving-zones.',
  })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string' } })
  @ApiCreatedResponse({ type: RateDeckView })
  async upload(
    @CurrentPrincipal() principal: Principal,
    @Query() query: DeckUploadQuery,
    @Req() request: Request,
  ) {
    if (!request.is('text/csv')) throw badInput('Content-Type', 'A rate deck is sent as text/csv.');
    try {
      return rateDeckView(
        await this.decks.upload(
          principal,
          query,
          request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>,
        ),
      );
    } finally {
      // What was not read is let through, so that the answer can be read by the caller.
      request.resume();
    }
  }

  @Put(':deckId/versions/:version/serving-zones')
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @ApiOperation({
    summary: 'Say which network lies in which serving zone, and which numbers are free',
    description:
      'Replaces both lists of a draft. `network` is an MCC or MCC and MNC; `freeNumbers` are digits (emergency numbers); `eea` with the operator’s country has the deck checked against Regulation (EU) 2022/612 when it is published. 409 `notADraft`; 422 for a zone that no rate is for.',
  })
  @ApiOkResponse({ type: RateDeckView })
  async setZones(
    @CurrentPrincipal() principal: Principal,
    @Param() { deckId, version }: DeckVersionParams,
    @Body() body: DeckZonesBody,
  ) {
    return rateDeckView(await this.decks.setZones(principal, deckId, version, body));
  }

  @Post(':deckId/versions/:version/publish')
  @HttpCode(200)
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @ApiOperation({
    summary: 'Publish a draft: from now on it never changes',
    description:
      'Rating, invoicing and customers receive it; `inForceAt` is set once all have acknowledged. 409 `notADraft`, `servingZonesMissing`.',
  })
  @ApiOkResponse({ type: RateDeckView })
  async publish(@CurrentPrincipal() principal: Principal, @Param() { deckId, version }: DeckVersionParams) {
    return rateDeckView(await this.decks.publish(principal, deckId, version));
  }

  @Get()
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'catalog:read' })
  @ApiOperation({
    summary: 'List rate deck versions',
    description: 'By deck and version; page on with the last `id`.',
  })
  @ApiOkResponse({ type: RateDeckPage })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() query: PageQuery) {
    const { data, hasMore } = await this.decks.page(tenantId, query);
    return { data: data.map(rateDeckView), hasMore };
  }

  @Get(':deckId/versions/:version/csv')
  @Allow({ roles: ['billing', 'auditor'], scope: 'catalog:read' })
  @ApiOperation({
    summary: 'The rows of a deck as CSV, as the upload takes them',
    description: 'Streamed; quantities in seconds, messages and bytes.',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async rows(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param() { deckId, version }: DeckVersionParams,
    @Res() response: Response,
  ): Promise<void> {
    const entries = await this.decks.entries(tenantId, deckId, version);
    response.type('text/csv').attachment(`${deckId}-${version}.csv`);
    await pipeline(Readable.from(entries), stringify({ header: true, columns: deckCsvColumns }), response);
  }

  @Get(':deckId/versions/:version')
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'catalog:read' })
  @ApiOperation({ summary: 'Show one version of a rate deck' })
  @ApiOkResponse({ type: RateDeckView })
  async get(@CurrentPrincipal() { tenantId }: Principal, @Param() { deckId, version }: DeckVersionParams) {
    return rateDeckView(await this.decks.get(tenantId, deckId, version));
  }
}
