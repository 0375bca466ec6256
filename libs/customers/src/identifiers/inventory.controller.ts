import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Req,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request } from 'express';
import {
  Allow,
  BusinessClock,
  CurrentPrincipal,
  Idempotent,
  pageOf,
  type Principal,
  readCsvBody,
} from '@tollkeeper/platform';
import { mostNumbersInBlock } from '../domain/number-range';
import { mostSimLines } from '../domain/read-sims';
import { InventoryDesk } from './inventory-desk.service';
import {
  BlocksQuery,
  IdentifierParams,
  ImportNumberBlock,
  InventoryListQuery,
  InventorySettingsBody,
  OrderParams,
  ReserveIdentifiers,
  TakeBackNumber,
} from './inventory-requests';
import { InventorySettingsRepository } from './inventory-settings.repository';
import {
  blockView,
  IdentifierPageView,
  identifierSummary,
  IdentifierView,
  identifierView,
  InventorySettingsView,
  NumberBlockPageView,
  NumberBlockView,
  ReleasedView,
  SimImportView,
} from './inventory-views';
import { InventoryService } from './inventory.service';
import { StockImportService } from './stock-import.service';

@ApiTags('customers')
@Controller('v1/customers/inventory')
export class InventoryController {
  constructor(
    private readonly clock: BusinessClock,
    private readonly stock: StockImportService,
    private readonly inventory: InventoryService,
    private readonly desk: InventoryDesk,
    private readonly settings: InventorySettingsRepository,
  ) {}

  @Get()
  @Allow({ roles: ['care', 'billing', 'auditor'], scope: 'customers:read' })
  @ApiOperation({
    summary: 'List numbers or SIMs by state and by how they begin',
    description:
      '`kind` is msisdn when left out. `state=available`: free from now on, for good; reservations and quarantines end by their dates alone. In the order of the values; page on with the last `value`.',
  })
  @ApiOkResponse({ type: IdentifierPageView })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() query: InventoryListQuery) {
    const at = await this.clock.now(tenantId);
    const { data, hasMore } = await this.inventory.page(tenantId, { ...query, at });
    return { data: data.map((row) => identifierSummary(row, at)), hasMore };
  }

  @Get('number-blocks')
  @Allow({ roles: ['care', 'billing', 'auditor'], scope: 'customers:read' })
  @ApiOperation({
    summary: 'List blocks of numbers, in their order',
    description: 'Page on with the last `blockId`.',
  })
  @ApiOkResponse({ type: NumberBlockPageView })
  async listBlocks(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { limit, startingAfter }: BlocksQuery,
  ) {
    const rows = await this.stock.listBlocks(tenantId, startingAfter, limit + 1);
    return pageOf(rows.map(blockView), limit);
  }

  @Post('number-blocks')
  @Allow({ roles: ['billing'], scope: 'customers:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Import a block of numbers',
    description: `\`first\` to \`last\` (both included, at most ${mostNumbersInBlock.toLocaleString('en')}), digits only. Numbers of it that are in use already join the block as they are. \`holder\` names the other operator whose range it is: such numbers go back to it after their use. 409 \`blockOverlaps\` names the block that has some of the numbers; 422 names each number of \`portedOut\` that is outside or in use. All or none.`,
  })
  @ApiCreatedResponse({ type: NumberBlockView })
  async importBlock(@CurrentPrincipal() principal: Principal, @Body() body: ImportNumberBlock) {
    return blockView(await this.stock.importBlock(principal, body));
  }

  @Post('sims')
  @HttpCode(200)
  @Allow({ roles: ['billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Import SIM cards',
    description: `The body is a CSV file whose first line is \`iccid,imsi\`, at most ${mostSimLines.toLocaleString('en')} cards. All are checked first, then all are stored, or none: 422 names \`line 3: imsi\` with the reason (at most 100 of them). Cards that are there with the same IMSI are left as they are, so the same file may be sent again.`,
  })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ type: SimImportView })
  async importSims(@CurrentPrincipal() principal: Principal, @Req() request: Request) {
    return this.stock.importSims(principal, await readCsvBody(request));
  }

  @Post('reservations')
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Reserve numbers and SIMs for an order',
    description:
      'Until an instant at most 90 days ahead; then they are free again by themselves. The same order again only moves the instant. A card is reserved with its IMSI. 422 names each identifier that is unknown or not free, and why.',
  })
  @ApiCreatedResponse({ type: IdentifierPageView })
  async reserve(@CurrentPrincipal() principal: Principal, @Body() body: ReserveIdentifiers) {
    await this.desk.reserve(principal, body);
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const rows = await this.inventory.findMany(tenantId, body.identifiers);
    return { data: rows.map((row) => identifierSummary(row, at)), hasMore: false };
  }

  @Post('reservations/:orderId/release')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Give up what is reserved for an order',
    description:
      'What was assigned since stays assigned. 404 when nothing was ever reserved for it; `released` is 0 when nothing is any more.',
  })
  @ApiOkResponse({ type: ReleasedView })
  release(@CurrentPrincipal() principal: Principal, @Param() { orderId }: OrderParams) {
    return this.desk.release(principal, orderId);
  }

  @Post(':kind/:value/take-back')
  @HttpCode(200)
  @Allow({ roles: ['billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'A ported-out number has come back from the other operator',
    description:
      'It is available from now on. 409 `notPortedOut`. A customer who ports it in again needs no take-back.',
  })
  @ApiOkResponse({ type: IdentifierView })
  async takeBack(
    @CurrentPrincipal() principal: Principal,
    @Param() identifier: IdentifierParams,
    @Body() { reason }: TakeBackNumber,
  ) {
    const { row, at } = await this.desk.takeBack(principal, identifier, reason);
    return identifierView(row, at);
  }

  @Get('settings')
  @Allow({ roles: ['care', 'billing', 'auditor'], scope: 'customers:read' })
  @ApiOperation({ summary: 'How long numbers and SIMs rest between two owners' })
  @ApiOkResponse({ type: InventorySettingsView })
  getSettings(@CurrentPrincipal() { tenantId }: Principal) {
    return this.settings.get(tenantId);
  }

  @Put('settings')
  @Allow({ roles: ['billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Change how long numbers and SIMs rest between two owners',
    description:
      'Days; for uses that end from now on. Until set, a number rests 90 days (the most that 47 CFR 52.15(f)(1)(ii) allows for a residential number) and a SIM 180.',
  })
  @ApiOkResponse({ type: InventorySettingsView })
  changeSettings(
    @CurrentPrincipal() principal: Principal,
    @Body() { reason, ...days }: InventorySettingsBody,
  ) {
    return this.desk.changeSettings(principal, days, reason);
  }

  @Get(':kind/:value')
  @Allow({ roles: ['care', 'billing', 'auditor'], scope: 'customers:read' })
  @ApiOperation({
    summary: 'A number or SIM with its history',
    description:
      'Every state that it had and will have, oldest first, half-open; between two of them it was available.',
  })
  @ApiOkResponse({ type: IdentifierView })
  async get(@CurrentPrincipal() { tenantId }: Principal, @Param() identifier: IdentifierParams) {
    const at = await this.clock.now(tenantId);
    return identifierView(await this.inventory.get(tenantId, identifier), at);
  }
}
