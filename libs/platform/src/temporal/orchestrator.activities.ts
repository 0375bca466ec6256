import { WorkflowNotFoundError } from '@temporalio/client';
import type { OrchestratorActivities } from '@tollkeeper/contracts';
import type { Temporal } from './temporal';

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
        error:
          waiting?.lastFailure?.message ??
          raw.pendingWorkflowTask?.attempt?.toString().replace(/^(\d+)$/, 'workflow task attempt $1'),
      };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return { processId, open: false };
      throw error;
    }
  }
}
