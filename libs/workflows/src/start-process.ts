import {
  awakeSignal,
  isSandbox,
  type ProcessDefinition,
  type ProcessInput,
  releaseSignal,
  testClockId,
} from '@tollkeeper/contracts';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  getExternalWorkflowHandle,
  ParentClosePolicy,
  startChild,
  uuid4,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';

/** Starts another process and leaves it to itself; finds it when it is already there. Registered as awake first. */
export async function startProcess<Input extends ProcessInput>(
  definition: ProcessDefinition<Input>,
  input: Input,
): Promise<{ processId: string; started: boolean }> {
  const processId = definition.id(input);
  const token = `start:${uuid4()}`;
  const clock = isSandbox(input.tenantId) ? getExternalWorkflowHandle(testClockId(input.tenantId)) : null;
  await clock?.signal(awakeSignal, { processId, token });
  try {
    await startChild(definition.workflow, {
      workflowId: processId,
      args: [{ ...input, tokens: [token] }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy:
        definition.reuse === 'once'
          ? WorkflowIdReusePolicy.REJECT_DUPLICATE
          : WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    });
    return { processId, started: true };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    await clock?.signal(releaseSignal, { processId, token });
    return { processId, started: false };
  }
}
