import { Injectable } from '@nestjs/common';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { type Instant, instant } from '@tollkeeper/calendar';
import {
  advanceUpdate,
  isSandbox,
  testClockId,
  testClockState,
  type TestClockState,
} from '@tollkeeper/contracts';
import {
  badInput,
  conflict,
  newId,
  notFound,
  type Principal,
  Processes,
  Temporal,
} from '@tollkeeper/platform';

interface AdvanceOperation {
  operationId: string;
  from: Instant;
  to: Instant;
}

type OperationState = Omit<TestClockState, 'operationId' | 'status'> & {
  operationId: string;
  status: 'advancing' | 'blocked' | 'done';
};

/** A door to the `test-clock/<tenant>` process: it writes nothing itself. */
@Injectable()
export class TestClockService {
  constructor(
    private readonly processes: Processes,
    private readonly temporal: Temporal,
  ) {}

  async state(tenantId: string): Promise<TestClockState> {
    if (!isSandbox(tenantId))
      throw conflict('liveTenant', 'A live tenant has no test clock: its time is real.');
    const processId = testClockId(tenantId);
    const { shown: state, stuck } = await this.processes.shownOrStuck(processId, testClockState);
    if (!state)
      throw conflict('clockNotReady', 'The test clock is still being started.', 'Ask again in a second.');
    if (state.status !== 'advancing' || !stuck) return state;
    return { ...state, status: 'blocked', blockedBy: [{ processId, error: stuck }] };
  }

  /** The clock itself is not one of the processes that keep it waiting, so it is asked directly. */
  async advance({ tenantId }: Principal, target: Instant): Promise<AdvanceOperation> {
    const { now } = await this.state(tenantId);
    const to = instant(target);
    if (to <= now) throw badInput('to', `Time goes forward only: it is ${now} for this tenant.`);
    const operationId = newId('adv');
    try {
      const state = await this.temporal.client.workflow
        .getHandle(testClockId(tenantId))
        .executeUpdate(advanceUpdate, { args: [{ to, operationId }], updateId: operationId });
      return { operationId: state.operationId ?? operationId, from: now, to };
    } catch (error) {
      if (!(error instanceof WorkflowUpdateFailedError)) throw error;
      throw conflict(
        'clockRefused',
        error.cause?.message ?? 'The test clock refused to advance.',
        'GET /v1/test-clock says what it is doing.',
      );
    }
  }

  async operation(tenantId: string, id: string): Promise<OperationState> {
    const { operationId, status, ...state } = await this.state(tenantId);
    if (operationId !== id) throw notFound('operation that the clock remembers (it keeps the last one)', id);
    return { ...state, operationId: id, status: status === 'ready' ? 'done' : status };
  }
}
