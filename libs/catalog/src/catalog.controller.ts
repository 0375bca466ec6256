import { Body, Controller, Get, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { Request, Response } from 'express';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { Allow, badInput, CurrentPrincipal, Idempotent, type Principal } from '@tollkeeper/platform';
import { CatalogExport } from './documents/catalog-export.service';
import { CatalogImportService } from './documents/catalog-import.service';
import { documentOf, readDocumentBody } from './documents/document-body';
import { CatalogImport, ExportQuery, ImportQuery, PageQuery, PublicationParams } from './catalog-requests';
import { ImportedCatalog, PublicationPage, PublicationView, publicationView } from './catalog-views';
import { PublicationService } from './publications/publication.service';

@ApiTags('catalog')
@Controller('v1/catalog')
export class CatalogController {
  constructor(
    private readonly imports: CatalogImportService,
    private readonly exports: CatalogExport,
    private readonly publications: PublicationService,
  ) {}

  @Post('import')
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Import decks and offerings from one document and publish them at once',
    description:
      '`mode=draft` makes drafts, `mode=validate` only looks: same answers, nothing written. `decks` (each up to 5,000 entries, or `entriesOfDraft` with a draft that was sent as CSV; `deck` for a single one) may be left out when the offerings use one that is published. Everything is validated first and all of it is published, or nothing: 422 names `decks.0.entries.3.rate` or `offerings.0.allowances.1.zones.0` with the reason. Ask GET /v1/catalog/publications/{publicationId} until `inForceAt` is set.',
  })
  @ApiCreatedResponse({ type: ImportedCatalog })
  async import(
    @CurrentPrincipal() principal: Principal,
    @Query() { mode }: ImportQuery,
    @Body() body: CatalogImport,
  ) {
    return { published: await this.imports.import(principal, documentOf(body), mode) };
  }

  @Post('import/document')
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @ApiOperation({
    summary: 'Import a catalog file: the same document as text, in YAML or JSON',
    description:
      'For files and larger documents, up to 16 MiB; `npx tollkeeper catalog import` sends it. Faults name the line: `line 12, offerings.0.name`. The same file again is refused, because `validFrom` must grow: nothing is imported twice.',
  })
  @ApiConsumes('application/yaml')
  @ApiBody({ schema: { type: 'string' } })
  @ApiCreatedResponse({ type: ImportedCatalog })
  async importText(
    @CurrentPrincipal() principal: Principal,
    @Query() { mode }: ImportQuery,
    @Req() request: Request,
  ) {
    if (!request.is(['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml', 'text/plain']))
      throw badInput('Content-Type', 'A catalog file is sent as application/yaml, whether YAML or JSON.');
    try {
      const document = await readDocumentBody(request);
      return { published: await this.imports.import(principal, document, mode) };
    } finally {
      // What was not read is let through, so that the answer can be read by the caller.
      request.resume();
    }
  }

  @Get('export')
  @Allow({ roles: ['billing', 'auditor'], scope: 'catalog:read' })
  @ApiOperation({
    summary: 'What is published, as the document that import takes',
    description:
      'All published versions with the decks that they are priced by; imported into another tenant it gives the same versions. Decks with more than 5,000 rows travel as CSV: `decks=false`, and GET .../rate-decks/{deckId}/versions/{version}/csv.',
  })
  @ApiProduces('application/json', 'application/yaml')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { offeringId, decks, format }: ExportQuery,
    @Res() response: Response,
  ): Promise<void> {
    const named = offeringId === undefined ? {} : { offeringIds: [offeringId].flat() };
    const text = await this.exports.text(tenantId, { ...named, decks: decks === 'true' }, format);
    response.type(`application/${format}`).send(text);
  }

  @Get('publications')
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'catalog:read' })
  @ApiOperation({
    summary: 'List publications',
    description: '`inForceAt` is null while a service has not acknowledged.',
  })
  @ApiOkResponse({ type: PublicationPage })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() query: PageQuery) {
    const { data, hasMore } = await this.publications.page(tenantId, query);
    return { data: data.map(publicationView), hasMore };
  }

  @Get('publications/:publicationId')
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'catalog:read' })
  @ApiOperation({ summary: 'Show one publication' })
  @ApiOkResponse({ type: PublicationView })
  async get(@CurrentPrincipal() { tenantId }: Principal, @Param() { publicationId }: PublicationParams) {
    return publicationView(await this.publications.get(tenantId, publicationId));
  }
}
