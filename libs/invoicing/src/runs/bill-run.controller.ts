import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { billRun, billRunProgress } from '@tollkeeper/contracts';
import {
  Allow,
  CurrentPrincipal,
  idField,
  pageOf,
  pageQuery,
  type Principal,
  Processes,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { BillRunRepository } from './bill-run.repository';
import { type BillRunRow, runAccountStates } from './bill-run.schema';
import { processOf, SteeringService } from './steering.service';

class RunQuery extends createZodDto(
  pageQuery.extend({
    cycleId: idField.optional(),
    onDemand: z
      .enum(['true', 'false'])
      .optional()
      .describe("Only bills on demand, or only the cycles' own runs."),
  }),
) {}
class RunAccountQuery extends createZodDto(
  pageQuery.extend({
    state: z.enum(runAccountStates).optional(),
  }),
) {}

const read = {
  roles: ['billing' as const, 'care' as const, 'finance' as const, 'auditor' as const],
  scope: 'invoicing:read' as const,
};

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
  async list(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { limit, startingAfter, cycleId, onDemand }: RunQuery,
  ) {
    const { data, hasMore } = pageOf(
      await this.runs.list(
        tenantId,
        { cycleId, startingAfter, ...(onDemand ? { onDemand: onDemand === 'true' } : {}) },
        limit + 1,
      ),
      limit,
    );
    return { data: data.map(shown), hasMore };
  }

  @Get(':runId')
  @Allow(read)
  @ApiOperation({
    summary: 'A bill-run with its progress',
    description:
      'State, counts and the check before approval; amounts in minor units, usage amounts in millionths of the major unit.',
  })
  async show(@CurrentPrincipal() principal: Principal, @Param('runId') runId: string) {
    const { tenantId } = principal;
    const run = await this.steering.requireRun(principal, runId);
    const progress = await this.processes.shown(billRun.id(processOf(tenantId, run)), billRunProgress);
    const tally = await this.runs.tally(tenantId, runId);
    return {
      ...shown(run),
      byState: Object.fromEntries(tally.map(({ state, accounts }) => [state, accounts])),
      progress,
    };
  }

  @Get(':runId/accounts')
  @Allow(read)
  @ApiOperation({
    summary: 'Accounts of a run',
    description: '`failed` ones are set aside with their cause; `startingAfter` is an account id.',
  })
  async accounts(
    @CurrentPrincipal() principal: Principal,
    @Param('runId') runId: string,
    @Query() { limit, startingAfter, state }: RunAccountQuery,
  ) {
    await this.steering.requireRun(principal, runId);
    const page = pageOf(
      await this.runs.accountsInState(principal.tenantId, runId, state, limit + 1, startingAfter),
      limit,
    );
    const data = page.data.map(({ accountId, batchNo, state: now, cause, invoiceId }) => ({
      accountId,
      batchNo,
      state: now,
      cause,
      invoiceId,
    }));
    return { data, hasMore: page.hasMore };
  }
}

function shown({ _id, review, ...run }: BillRunRow) {
  const {
    cycleId,
    cutOffOn,
    periodFrom,
    state,
    paused,
    cutOffAt,
    collectUntil,
    lateUsageUntil,
    approval,
    batches,
    accounts,
    openedAt,
    closedAt,
    reconciliation,
    onDemand = null,
  } = run;
  return {
    id: _id,
    cycleId,
    cutOffOn,
    periodFrom,
    state,
    paused,
    cutOffAt,
    collectUntil,
    lateUsageUntil,
    approval,
    batches,
    accounts,
    openedAt,
    closedAt,
    review,
    reconciliation,
    onDemand,
  };
}
