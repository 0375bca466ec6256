import type { Client, WorkflowExecutionDescription } from '@temporalio/client';

const eventsLookedAt = 50;

/** As Temporal keeps it. */
async function lastTaskFailure({ workflowService, options }: Client, workflowId: string) {
  const { history } = await workflowService.getWorkflowExecutionHistoryReverse({
    namespace: options.namespace,
    execution: { workflowId },
    maximumPageSize: eventsLookedAt,
  });
  const failed = history?.events?.find((event) => event.workflowTaskFailedEventAttributes);
  return failed?.workflowTaskFailedEventAttributes?.failure?.message ?? null;
}

/** Why a process's own code does not go on, once Temporal has come to this attempt at its workflow task; else null. */
export async function taskTrouble(
  client: Client,
  { workflowId, raw }: Pick<WorkflowExecutionDescription, 'workflowId' | 'raw'>,
  fromAttempt: number,
): Promise<string | null> {
  const attempt = Number(raw.pendingWorkflowTask?.attempt ?? 1);
  if (attempt < fromAttempt) return null;
  return `workflow task attempt ${attempt}: ${(await lastTaskFailure(client, workflowId)) ?? 'no answer in time'}`;
}
