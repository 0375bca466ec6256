import { WorkflowNotFoundError } from '@temporalio/client';
import type { OrchestratorActivities } from '@tollkeeper/contracts';
import { lastTaskFailure } from './task-failure';
import type { Temporal } from './temporal';

type PendingTask = { attempt?: { toString(): string } | null };

/** The test clock asks Temporal itself who keeps it waiting. */
export class TemporalInspection implements OrchestratorActivities {
  constructor(private readonly temporal: Temporal) {}

  async inspectProcesses({ processIds }: { processIds: string[] }) {
    return Promise.all(processIds.map((processId) => this.inspect(processId)));
  }

  private async inspect(processId: string) {
    try {
      const { status, raw } = await this.temporal.client.workflow.getHandle(processId).describe();
      const waiting = raw.pendingActivities?.[0];
      return {
        processId,
        open: status.name === 'RUNNING',
        activity: waiting?.activityType?.name ?? undefined,
        error: waiting?.lastFailure?.message ?? (await this.stuckTask(processId, raw.pendingWorkflowTask)),
      };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return { processId, open: false };
      throw error;
    }
  }

  private async stuckTask(
    processId: string,
    task: PendingTask | null | undefined,
  ): Promise<string | undefined> {
    if (!task || Number(task.attempt?.toString() ?? 1) < 2) return undefined;
    const failure = await lastTaskFailure(this.temporal.client, processId);
    return `workflow task attempt ${task.attempt?.toString()}: ${failure ?? 'no answer in time'}`;
  }
}
