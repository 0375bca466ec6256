import type { Client } from '@temporalio/client';

const eventsLookedAt = 50;

/** Why a process's own code does not go on: the last failure of its workflow task, as Temporal keeps it. */
export async function lastTaskFailure({ workflowService, options }: Client, workflowId: string) {
  const { history } = await workflowService.getWorkflowExecutionHistoryReverse({
    namespace: options.namespace,
    execution: { workflowId },
    maximumPageSize: eventsLookedAt,
  });
  const failed = history?.events?.find((event) => event.workflowTaskFailedEventAttributes);
  return failed?.workflowTaskFailedEventAttributes?.failure?.message ?? null;
}
