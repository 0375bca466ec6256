import { randomUUID } from 'node:crypto';
import {
  type WorkflowExecutionDescription,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
import {
  awakeSignal,
  clockAt,
  isSandbox,
  orchestratorQueue,
  type ProcessDefinition,
  type ProcessEvent,
  type ProcessInput,
  type ProgressDefinition,
  releaseSignal,
  type TenantId,
  testClockId,
  testClockState,
  testClockWorkflow,
} from '@tollkeeper/contracts';
import { taskTrouble } from './task-failure';
import { type Temporal } from './temporal';

const attemptsUntilStuck = 3;

/**
 * The one way to start or steer a process. A sandbox's process is registered as awake with its tenant's clock
 * before it is touched, so that the clock cannot pass the moment it was touched at.
 */
export class Processes {
  constructor(private readonly temporal: Temporal) {}

  /** Starts the process, or finds the one that is open (or, for `once`, that ran before). */
  async start<Input extends ProcessInput>(
    definition: ProcessDefinition<Input>,
    input: Input,
  ): Promise<{ processId: string; started: boolean }> {
    const processId = definition.id(input);
    const token = `start:${randomUUID()}`;
    await this.registerAwake(input.tenantId, processId, token, input.at);
    try {
      await this.temporal.client.workflow.start(definition.workflow, {
        workflowId: processId,
        taskQueue: orchestratorQueue,
        args: [{ ...input, tokens: [...(input.tokens ?? []), token] }],
        workflowIdConflictPolicy: 'FAIL',
        workflowIdReusePolicy: definition.reuse === 'once' ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
      });
      return { processId, started: true };
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      await this.release(input.tenantId, processId, token);
      return { processId, started: false };
    }
  }

  /** Signalling a closed process is a no-op: the signal was only a wake-up, the facts lie in Mongo. */
  async signal<Event extends ProcessEvent>(
    tenantId: TenantId,
    processId: string,
    signal: SignalDefinition<[Event]>,
    event: Event,
  ): Promise<{ delivered: boolean }> {
    return this.steer(tenantId, processId, event, async () => {
      await this.temporal.client.workflow.getHandle(processId).signal(signal, event);
    });
  }

  /** Like a signal, but waits for the process's answer. */
  async update<Result, Event extends ProcessEvent>(
    tenantId: TenantId,
    processId: string,
    update: UpdateDefinition<Result, [Event]>,
    event: Event,
  ): Promise<Result | null> {
    let result: Result | null = null;
    await this.steer(tenantId, processId, event, async () => {
      result = await this.temporal.client.workflow
        .getHandle(processId)
        .executeUpdate<Result, [Event]>(update, { args: [event], updateId: event.eventId });
    });
    return result;
  }

  /** What the process shows of itself, also after its end; `null` when there is no such process or it shows nothing yet. */
  async shown<Shown>(processId: string, progress: ProgressDefinition<Shown>): Promise<Shown | null> {
    return memoOf(await this.described(processId), progress);
  }

  /** The same, and why the process's own code does not go on where Temporal has tried its task again and again. */
  async shownOrStuck<Shown>(
    processId: string,
    progress: ProgressDefinition<Shown>,
  ): Promise<{ shown: Shown | null; stuck: string | null }> {
    const found = await this.described(processId);
    const stuck = found && (await taskTrouble(this.temporal.client, found, attemptsUntilStuck));
    return { shown: memoOf(found, progress), stuck };
  }

  private async described(processId: string): Promise<WorkflowExecutionDescription | null> {
    try {
      return await this.temporal.client.workflow.getHandle(processId).describe();
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  private async steer(tenantId: TenantId, processId: string, event: ProcessEvent, act: () => Promise<void>) {
    await this.registerAwake(tenantId, processId, event.eventId, event.at);
    try {
      await act();
      return { delivered: true };
    } catch (error) {
      await this.release(tenantId, processId, event.eventId);
      if (error instanceof WorkflowNotFoundError) return { delivered: false };
      throw error;
    }
  }

  private async registerAwake(
    tenantId: TenantId,
    processId: string,
    token: string,
    at: string,
  ): Promise<void> {
    if (!isSandbox(tenantId)) return;
    await this.temporal.client.workflow.signalWithStart(testClockWorkflow, {
      workflowId: testClockId(tenantId),
      taskQueue: orchestratorQueue,
      args: [{ tenantId, now: at }],
      memo: { [testClockState.memo]: clockAt(at) },
      signal: awakeSignal,
      signalArgs: [{ processId, token }],
    });
  }

  private async release(tenantId: TenantId, processId: string, token: string): Promise<void> {
    if (!isSandbox(tenantId)) return;
    await this.temporal.client.workflow
      .getHandle(testClockId(tenantId))
      .signal(releaseSignal, { processId, token });
  }
}

const memoOf = <Shown>(
  found: WorkflowExecutionDescription | null,
  { memo }: ProgressDefinition<Shown>,
): Shown | null => (found?.memo?.[memo] as Shown | undefined) ?? null;
