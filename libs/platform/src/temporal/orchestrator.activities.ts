import { WorkflowNotFoundError } from '@temporalio/client';
import type { OrchestratorActivities } from '@tollkeeper/contracts';
import { taskTrouble } from './task-failure';
import type { Temporal } from './temporal';

const attemptsUntilTold = 2;

/** The test clock asks Temporal itself who keeps it waiting. */
export class TemporalInspection implements OrchestratorActivities {
  constructor(private readonly temporal: Temporal) {}

  async inspectProcesses({ processIds }: { processIds: string[] }) {
    return Promise.all(processIds.map((processId) => this.inspect(processId)));
  }

  private async inspect(processId: string) {
    try {
      const found = await this.temporal.client.workflow.getHandle(processId).describe();
      const waiting = found.raw.pendingActivities?.[0];
      const trouble =
        waiting?.lastFailure?.message ?? (await taskTrouble(this.temporal.client, found, attemptsUntilTold));
      return {
        processId,
        open: found.status.name === 'RUNNING',
        activity: waiting?.activityType?.name ?? undefined,
        error: trouble ?? undefined,
      };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return { processId, open: false };
      throw error;
    }
  }
}
