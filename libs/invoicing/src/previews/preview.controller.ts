import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { localDateOf } from '@tollkeeper/calendar';
import { billPreview, previewResult } from '@tollkeeper/contracts';
import {
  Allow,
  badInput,
  BusinessClock,
  CurrentPrincipal,
  idField,
  Idempotent,
  localDateField,
  newId,
  notFound,
  pageOf,
  pageQuery,
  type Principal,
  Processes,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { CycleService } from '../cycles/cycle.service';
import { PreviewService } from './preview.service';

class PreviewRequest extends createZodDto(
  z.strictObject({
    accountId: idField.optional().describe('Without it: the accounts of the cycle, 1,600 at most.'),
    cutOffOn: localDateField.optional().describe('Without it: the next cut-off to come.'),
  }),
) {}
class PageQuery extends createZodDto(pageQuery) {}

@ApiTags('invoicing')
@Controller('v1/invoicing')
export class PreviewController {
  constructor(
    private readonly cycles: CycleService,
    private readonly previews: PreviewService,
    private readonly processes: Processes,
    private readonly clock: BusinessClock,
  ) {}

  @Post('cycles/:cycleId/preview')
  @HttpCode(202)
  @Allow({ roles: ['billing', 'care'], scope: 'invoicing:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: "Preview a cycle's bills",
    description:
      'A dry run by the code of the real run: same numbers, nothing written. Answers the id to ask for.',
  })
  async start(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param('cycleId') cycleId: string,
    @Body() { accountId, cutOffOn }: PreviewRequest,
  ) {
    await this.cycles.require(tenantId, cycleId);
    const at = await this.clock.now(tenantId);
    const previewId = newId('prv');
    const chosen = cutOffOn ?? (await this.nextAfter(tenantId, cycleId, at));
    await this.refuseOther(tenantId, cycleId, chosen);
    await this.processes.start(billPreview, {
      tenantId,
      at,
      previewId,
      cycleId,
      cutOffOn: chosen,
      accountIds: accountId ? [accountId] : null,
    });
    return { id: previewId, cutOffOn: chosen };
  }

  @Get('previews/:previewId')
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({
    summary: "A preview's result",
    description:
      '`done: false` and no total while it is being made; then totals in minor units and a page of bills by account (`startingAfter` is an account id).',
  })
  async show(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param('previewId') previewId: string,
    @Query() { limit, startingAfter }: PageQuery,
  ) {
    const processId = billPreview.id({
      tenantId,
      at: '',
      previewId,
      cycleId: '',
      cutOffOn: '',
      accountIds: null,
    });
    const result = await this.processes.shown(processId, previewResult);
    if (!result) throw notFound('preview', previewId);
    const { bills, currency, totalMinor, ...counts } = result;
    const page = pageOf(result.done ? await this.previews.page(bills, limit, startingAfter) : [], limit);
    const total = result.done ? { minor: totalMinor, currency } : null;
    return { id: previewId, ...counts, total, ...page };
  }

  private async nextAfter(tenantId: string, cycleId: string, at: string): Promise<string> {
    const { startsOn, zone } = await this.cycles.require(tenantId, cycleId);
    const on = localDateOf(at, zone);
    const { cutOffs } = await this.cycles.nextCutOffs({
      tenantId,
      cycleId,
      after: on > startsOn ? on : startsOn,
      count: 1,
    });
    return cutOffs[0]!.on;
  }

  /** A date that is no cut-off of the cycle is refused here, before a process starts. */
  private async refuseOther(tenantId: string, cycleId: string, cutOffOn: string): Promise<void> {
    const { startsOn } = await this.cycles.require(tenantId, cycleId);
    if (cutOffOn <= startsOn || !(await this.cycles.isCutOff(tenantId, cycleId, cutOffOn))) {
      throw badInput(
        'cutOffOn',
        `${cutOffOn} is not a cut-off of this cycle.`,
        `GET /v1/invoicing/cycles/${cycleId} shows the next ones.`,
      );
    }
  }
}
