import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { cycleFault, type Frequency, frequencies, isZone } from '@tollkeeper/calendar';
import { billingCalendar, calendarState, pauseCalendar, resumeCalendar, runNow } from '@tollkeeper/contracts';
import {
  Allow,
  BusinessClock,
  CurrentPrincipal,
  Idempotent,
  localDateField,
  pageOf,
  pageQuery,
  type Principal,
  Processes,
  reasonField,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { cycleOf } from '../runs/billing.service';
import type { CycleRow } from './cycle.schema';
import { cutOffsOf, CycleService } from './cycle.service';
import { SteeringService } from '../runs/steering.service';

const percent = z.number().int().min(0).max(1000).nullable();

const anomalyGate = z
  .strictObject({
    medianChangePercent: percent.default(50),
    zeroBillsPercent: percent.default(null),
    failedAccountsPercent: percent.default(null),
    totalAboveMinor: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable().default(null),
  })
  .describe('What makes a run wait for a person; null switches a check off.');

const newCycle = z
  .strictObject({
    name: z.string().trim().min(1).max(80),
    frequency: z.enum(frequencies as unknown as [Frequency, ...Frequency[]]),
    anchorDay: z
      .number()
      .int()
      .min(1)
      .max(31)
      .default(1)
      .describe(
        'Day of month on which a period begins, 29 to 31 clamped in shorter months; weekly: the ISO weekday; daily: 1.',
      ),
    anchorMonth: z.number().int().min(1).max(12).optional(),
    count: z
      .number()
      .int()
      .min(1)
      .max(366)
      .optional()
      .describe('Every so many: 2 weeks, 30 days, 5 months. Left out: 1.'),
    originOn: localDateField
      .optional()
      .describe('A day on which a period begins: where several weeks, days or months are counted from.'),
    zone: z.string().refine(isZone, 'must be an IANA time zone such as Europe/Berlin'),
    approval: z.enum(['required', 'automatic']),
    startsOn: localDateField.describe(
      'Nothing before this day is billed; the first cut-off is the first one after it.',
    ),
    lateUsageDays: z.number().int().min(0).max(90),
    collectHours: z.number().int().min(0).max(240).describe('How long usage is awaited after the cut-off.'),
    anomalyGate: anomalyGate.prefault({}),
  })
  .superRefine(({ frequency, anchorDay, anchorMonth, count, originOn, zone }, context) => {
    const own = { anchorMonth: anchorMonth ?? null, count: count ?? null, originOn: originOn ?? null };
    const found = isZone(zone) ? cycleFault(cycleOf({ frequency, anchorDay, zone, ...own })) : null;
    if (found) context.addIssue({ code: 'custom', path: [found.field], message: found.fault });
  });

class NewCycleRequest extends createZodDto(newCycle) {}
class PageQuery extends createZodDto(pageQuery) {}
class ReasonRequest extends createZodDto(z.strictObject({ reason: reasonField })) {}
class RunNowRequest extends createZodDto(
  z.strictObject({ cutOffOn: localDateField.optional(), reason: reasonField }),
) {}

const shownCutOffs = 5;

@ApiTags('invoicing')
@Controller('v1/invoicing/cycles')
export class CycleController {
  constructor(
    private readonly cycles: CycleService,
    private readonly steering: SteeringService,
    private readonly processes: Processes,
    private readonly clock: BusinessClock,
  ) {}

  @Post()
  @Allow({ roles: ['billing'], scope: 'invoicing:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Create a billing cycle',
    description:
      'Starts its calendar: bill-runs then begin by themselves at each cut-off. 409 when the name is taken.',
  })
  async create(@CurrentPrincipal() principal: Principal, @Body() body: NewCycleRequest) {
    const at = await this.clock.now(principal.tenantId);
    const { anchorMonth = null, count = null, originOn = null } = body;
    return shown(await this.cycles.create(principal, at, { ...body, anchorMonth, count, originOn }));
  }

  @Get()
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({ summary: 'List billing cycles' })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() { limit, startingAfter }: PageQuery) {
    const { data, hasMore } = pageOf(await this.cycles.list(tenantId, limit + 1, startingAfter), limit);
    return { data: data.map(shown), hasMore };
  }

  @Get(':cycleId')
  @Allow({ roles: ['billing', 'care', 'finance', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({
    summary: 'Show a cycle with its next cut-offs',
    description: 'As its calendar process sees them; a cut-off date is the first day after the period.',
  })
  async show(@CurrentPrincipal() { tenantId }: Principal, @Param('cycleId') cycleId: string) {
    const cycle = await this.cycles.require(tenantId, cycleId);
    const state = await this.processes.shown(
      billingCalendar.id({ tenantId, cycleId, at: cycle.createdAt }),
      calendarState,
    );
    const fallback = { paused: cycle.paused, lastStarted: null, next: cutOffsOf(cycle, null, shownCutOffs) };
    return { ...shown(cycle), calendar: state ?? fallback };
  }

  @Post(':cycleId/run-now')
  @HttpCode(202)
  @Allow({ roles: ['billing'], scope: 'invoicing:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Start the run of a cut-off that has been reached',
    description:
      'Without `cutOffOn` the earliest one that is due. A run that exists is found, never doubled. 409 when none has been reached.',
  })
  async runNow(
    @CurrentPrincipal() principal: Principal,
    @Param('cycleId') cycleId: string,
    @Body() body: RunNowRequest,
  ) {
    const cycle = await this.cycles.require(principal.tenantId, cycleId);
    return this.steering.updateCalendar(principal, cycle, runNow, body);
  }

  @Post(':cycleId/pause')
  @HttpCode(202)
  @Allow({ roles: ['billing'], scope: 'invoicing:write' })
  @ApiOperation({ summary: 'Pause the calendar: no run starts until it is resumed' })
  async pause(
    @CurrentPrincipal() principal: Principal,
    @Param('cycleId') cycleId: string,
    @Body() body: ReasonRequest,
  ) {
    const cycle = await this.cycles.require(principal.tenantId, cycleId);
    return this.steering.updateCalendar(principal, cycle, pauseCalendar, body);
  }

  @Post(':cycleId/resume')
  @HttpCode(202)
  @Allow({ roles: ['billing'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Resume the calendar',
    description: 'Cut-offs that passed meanwhile are caught up one by one.',
  })
  async resume(
    @CurrentPrincipal() principal: Principal,
    @Param('cycleId') cycleId: string,
    @Body() body: ReasonRequest,
  ) {
    const cycle = await this.cycles.require(principal.tenantId, cycleId);
    return this.steering.updateCalendar(principal, cycle, resumeCalendar, body);
  }
}

function shown({
  _id,
  name,
  frequency,
  anchorDay,
  anchorMonth,
  count = null,
  originOn = null,
  zone,
  approval,
  startsOn,
  lateUsageDays,
  collectHours,
  anomalyGate: gate,
  paused,
  createdAt,
}: CycleRow) {
  return {
    id: _id,
    name,
    frequency,
    anchorDay,
    anchorMonth,
    count,
    originOn,
    zone,
    approval,
    startsOn,
    lateUsageDays,
    collectHours,
    anomalyGate: gate,
    paused,
    createdAt,
  };
}
