import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  approveRun,
  cancelRun,
  pauseRun,
  rejectRun,
  resumeRun,
  retryFailedOfRun,
  skipAccountOfRun,
} from '@tollkeeper/contracts';
import { Allow, CurrentPrincipal, notFound, type Principal, reasonField } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { BillRunRepository } from './bill-run.repository';
import { SteeringService } from './steering.service';

class ReasonRequest extends createZodDto(z.strictObject({ reason: reasonField })) {}

const steer = { roles: ['billing' as const], scope: 'invoicing:write' as const };
const steerText =
  'Answers 202: the run hears it between two batches. 409 when the run is past it; the reason goes to the audit log.';

@ApiTags('invoicing')
@Controller('v1/invoicing/runs')
export class RunSteeringController {
  constructor(
    private readonly steering: SteeringService,
    private readonly runs: BillRunRepository,
  ) {}

  @Post(':runId/approve')
  @HttpCode(202)
  @Allow(steer)
  @ApiOperation({
    summary: 'Approve: number and finalise the drafts',
    description: `${steerText} Approving again changes nothing and is accepted.`,
  })
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('runId') runId: string,
    @Body() body: ReasonRequest,
  ) {
    return this.accepted(runId, this.steering.signalRun(principal, runId, 'approve', approveRun, body));
  }

  @Post(':runId/reject')
  @HttpCode(202)
  @Allow(steer)
  @ApiOperation({ summary: 'Reject: void the drafts and end the run', description: steerText })
  reject(
    @CurrentPrincipal() principal: Principal,
    @Param('runId') runId: string,
    @Body() body: ReasonRequest,
  ) {
    return this.accepted(runId, this.steering.signalRun(principal, runId, 'reject', rejectRun, body));
  }

  @Post(':runId/cancel')
  @HttpCode(202)
  @Allow(steer)
  @ApiOperation({
    summary: 'Cancel before numbering: drafts are voided, usage is billed by the next run',
    description: steerText,
  })
  cancel(
    @CurrentPrincipal() principal: Principal,
    @Param('runId') runId: string,
    @Body() body: ReasonRequest,
  ) {
    return this.accepted(runId, this.steering.signalRun(principal, runId, 'cancel', cancelRun, body));
  }

  @Post(':runId/pause')
  @HttpCode(202)
  @Allow(steer)
  @ApiOperation({ summary: 'Pause: batches that are going end, none begins', description: steerText })
  pause(
    @CurrentPrincipal() principal: Principal,
    @Param('runId') runId: string,
    @Body() body: ReasonRequest,
  ) {
    return this.accepted(runId, this.steering.signalRun(principal, runId, 'pause', pauseRun, body));
  }

  @Post(':runId/resume')
  @HttpCode(202)
  @Allow(steer)
  @ApiOperation({ summary: 'Resume a paused run', description: steerText })
  resume(
    @CurrentPrincipal() principal: Principal,
    @Param('runId') runId: string,
    @Body() body: ReasonRequest,
  ) {
    return this.accepted(runId, this.steering.signalRun(principal, runId, 'resume', resumeRun, body));
  }

  @Post(':runId/retry-failed')
  @HttpCode(202)
  @Allow(steer)
  @ApiOperation({
    summary: 'Try the accounts that were set aside again, 200 at a time',
    description: steerText,
  })
  retryFailed(
    @CurrentPrincipal() principal: Principal,
    @Param('runId') runId: string,
    @Body() body: ReasonRequest,
  ) {
    return this.accepted(
      runId,
      this.steering.signalRun(principal, runId, 'retryFailed', retryFailedOfRun, body),
    );
  }

  @Post(':runId/accounts/:accountId/skip')
  @HttpCode(202)
  @Allow(steer)
  @ApiOperation({ summary: 'Take an account out of the run before it is numbered', description: steerText })
  async skip(
    @CurrentPrincipal() principal: Principal,
    @Param('runId') runId: string,
    @Param('accountId') accountId: string,
    @Body() { reason }: ReasonRequest,
  ) {
    await this.steering.requireRun(principal, runId);
    if (!(await this.runs.findAccount(principal.tenantId, runId, accountId)))
      throw notFound('account of this run', accountId);
    return this.accepted(
      runId,
      this.steering.signalRun(principal, runId, 'skipAccount', skipAccountOfRun, { accountId, reason }),
    );
  }

  private async accepted(runId: string, steered: Promise<void>): Promise<{ runId: string; accepted: true }> {
    await steered;
    return { runId, accepted: true };
  }
}
