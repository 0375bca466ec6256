import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  approveRun,
  billRun,
  billRunProgress,
  cancelRun,
  pauseRun,
  rejectRun,
  resumeRun,
  retryFailedOfRun,
  skipAccountOfRun,
} from '@tollkeeper/contracts';
import { Allow, CurrentPrincipal, idField, notFound, pageOf, pageQuery, type Principal, Processes, reasonField } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { BillRunRepository } from './bill-run.repository';
import type { BillRunRow } from './bill-run.schema';
import { SteeringService } from './steering.service';

class RunQuery extends createZodDto(pageQuery.extend({ cycleId: idField.optional() })) {}
class RunAccountQuery extends createZodDto(
  pageQuery.extend({ state: z.enum(['pending', 'drafted', 'nothingToBill', 'failed', 'skipped', 'finalized']).optional() }),
) {}
class ReasonRequest extends createZodDto(z.strictObject({ reason: reasonField })) {}

const steer = { roles: ['billing' as const], scope: 'invoicing:write' as const };
const read = { roles: ['billing' as const, 'care' as const, 'finance' as const, 'auditor' as const], scope: 'invoicing:read' as const };
const steerText = 'Answers 202: the run hears it between two batches. 409 when the run is past it; the reason goes to the audit log.';

@ApiTags('invoicing')
@Controller('v1/invoicing/runs')
export class BillRunController {
  constructor(
    private readonly steering: SteeringService,
    private readonly runs: BillRunRepository,
    private readonly processes: Processes,
  ) {}

  @Get()
  @Allow(read)
  @ApiOperation({ summary: 'List bill-runs, newest cut-off first' })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() { limit, startingAfter, cycleId }: RunQuery) {
    const { data, hasMore } = pageOf(await this.runs.list(tenantId, { cycleId, startingAfter }, limit + 1), limit);
    return { data: data.map(shown), hasMore };
  }

  @Get(':runId')
  @Allow(read)
  @ApiOperation({ summary: 'A bill-run with its progress', description: 'State, counts and the check before approval; amounts in minor units, usage amounts in millionths of the major unit.' })
  async show(@CurrentPrincipal() principal: Principal, @Param('runId') runId: string) {
    const { tenantId } = principal;
    const run = await this.steering.requireRun(principal, runId);
    const progress = await this.processes.query(billRun.id({ tenantId, cycleId: run.cycleId, cutOffOn: run.cutOffOn, at: run.openedAt }), billRunProgress);
    const tally = await this.runs.tally(tenantId, runId);
    return { ...shown(run), byState: Object.fromEntries(tally.map(({ state, accounts }) => [state, accounts])), progress };
  }

  @Get(':runId/accounts')
  @Allow(read)
  @ApiOperation({ summary: 'Accounts of a run', description: '`failed` ones are set aside with their cause; `startingAfter` is an account id.' })
  async accounts(@CurrentPrincipal() principal: Principal, @Param('runId') runId: string, @Query() { limit, startingAfter, state }: RunAccountQuery) {
    await this.steering.requireRun(principal, runId);
    const page = pageOf(await this.runs.accountsInState(principal.tenantId, runId, state, limit + 1, startingAfter), limit);
    const data = page.data.map(({ accountId, batchNo, state: now, cause, invoiceId }) => ({ accountId, batchNo, state: now, cause, invoiceId }));
    return { data, hasMore: page.hasMore };
  }

  @Post(':runId/approve')
  @HttpCode(202)
  @Allow(steer)
  @ApiOperation({ summary: 'Approve: number and finalise the drafts', description: steerText })
  approve(@CurrentPrincipal() principal: Principal, @Param('runId') runId: string, @Body() body: ReasonRequest) {
    return this.accepted(runId, this.steering.signalRun(principal, runId, 'approve', approveRun, body));
  }

  @Post(':runId/reject')
  @HttpCode(202)
  @Allow(steer)
  @ApiOperation({ summary: 'Reject: void the drafts and end the run', description: steerText })
  reject(@CurrentPrincipal() principal: Principal, @Param('runId') runId: string, @Body() body: ReasonRequest) {
    return this.accepted(runId, this.steering.signalRun(principal, runId, 'reject', rejectRun, body));
  }

  @Post(':runId/cancel')
  @HttpCode(202)
  @Allow(steer)
  @ApiOperation({ summary: 'Cancel before numbering: drafts are voided, usage is billed by the next run', description: steerText })
  cancel(@CurrentPrincipal() principal: Principal, @Param('runId') runId: string, @Body() body: ReasonRequest) {
    return this.accepted(runId, this.steering.signalRun(principal, runId, 'cancel', cancelRun, body));
  }

  @Post(':runId/pause')
  @HttpCode(202)
  @Allow(steer)
  @ApiOperation({ summary: 'Pause: batches that are going end, none begins', description: steerText })
  pause(@CurrentPrincipal() principal: Principal, @Param('runId') runId: string, @Body() body: ReasonRequest) {
    return this.accepted(runId, this.steering.signalRun(principal, runId, 'pause', pauseRun, body));
  }

  @Post(':runId/resume')
  @HttpCode(202)
  @Allow(steer)
  @ApiOperation({ summary: 'Resume a paused run', description: steerText })
  resume(@CurrentPrincipal() principal: Principal, @Param('runId') runId: string, @Body() body: ReasonRequest) {
    return this.accepted(runId, this.steering.signalRun(principal, runId, 'resume', resumeRun, body));
  }

  @Post(':runId/retry-failed')
  @HttpCode(202)
  @Allow(steer)
  @ApiOperation({ summary: 'Try the accounts that were set aside again, 200 at a time', description: steerText })
  retryFailed(@CurrentPrincipal() principal: Principal, @Param('runId') runId: string, @Body() body: ReasonRequest) {
    return this.accepted(runId, this.steering.signalRun(principal, runId, 'retryFailed', retryFailedOfRun, body));
  }

  @Post(':runId/accounts/:accountId/skip')
  @HttpCode(202)
  @Allow(steer)
  @ApiOperation({ summary: 'Take an account out of the run before it is numbered', description: steerText })
  async skip(@CurrentPrincipal() principal: Principal, @Param('runId') runId: string, @Param('accountId') accountId: string, @Body() { reason }: ReasonRequest) {
    await this.steering.requireRun(principal, runId);
    if (!(await this.runs.findAccount(principal.tenantId, runId, accountId))) throw notFound('account of this run', accountId);
    return this.accepted(runId, this.steering.signalRun(principal, runId, 'skipAccount', skipAccountOfRun, { accountId, reason }));
  }

  private async accepted(runId: string, steered: Promise<void>): Promise<{ runId: string; accepted: true }> {
    await steered;
    return { runId, accepted: true };
  }
}

function shown({ _id, review, ...run }: BillRunRow) {
  const { cycleId, cutOffOn, periodFrom, state, paused, cutOffAt, collectUntil, lateUsageUntil, approval, batches, accounts, openedAt, closedAt, reconciliation } = run;
  return { id: _id, cycleId, cutOffOn, periodFrom, state, paused, cutOffAt, collectUntil, lateUsageUntil, approval, batches, accounts, openedAt, closedAt, review, reconciliation };
}
