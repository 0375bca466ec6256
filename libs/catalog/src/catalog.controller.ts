import { Body, Controller, Get, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, type Principal } from '@tollkeeper/platform';
import { CatalogImportService } from './catalog-import.service';
import { CatalogImport, ImportQuery, PageQuery, PublicationParams } from './catalog-requests';
import { ImportedCatalog, PublicationPage, PublicationView, publicationView } from './catalog-views';
import { PublicationService } from './publication.service';

@ApiTags('catalog')
@Controller('v1/catalog')
export class CatalogController {
  constructor(
    private readonly imports: CatalogImportService,
    private readonly publications: PublicationService,
  ) {}

  @Post('import')
  @Allow({ roles: ['billing'], scope: 'catalog:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Import a deck and offerings from one document and publish them at once',
    description:
      '`deck` (up to 5,000 entries) may be left out when the offerings use one that is published. Everything is validated first and all of it is published, or nothing: 422 names `deck.entries.3.rate` or `offerings.0.allowances.1.zones.0` with the reason. Ask GET /v1/catalog/publications/{publicationId} until `inForceAt` is set.',
  })
  @ApiCreatedResponse({ type: ImportedCatalog })
  async import(
    @CurrentPrincipal() principal: Principal,
    @Query() { mode }: ImportQuery,
    @Body() { deck, decks = deck ? [deck] : [], offerings }: CatalogImport,
  ) {
    const document = { decks, offerings };
    return { published: await this.imports.import(principal, document, mode) };
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
