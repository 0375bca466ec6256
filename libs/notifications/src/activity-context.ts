import { Context } from '@temporalio/activity';

const contextOrNull = (): Context | null => {
  try {
    return Context.current();
  } catch {
    return null;
  }
};

/** The process that a step belongs to; steps of one process with one name never run side by side. */
export const stepOwner = (step: string): string =>
  `${contextOrNull()?.info.workflowExecution?.workflowId ?? 'none'}#${step}`;

/**
 * Says that the step is alive and asks whether Temporal still wants it: not when it was cancelled, the worker
 * stops, or it was given to another after a silence. The SDK thins the heartbeats out.
 */
export function shouldStop(): boolean {
  const context = contextOrNull();
  context?.heartbeat();
  return context?.cancellationSignal.aborted ?? false;
}
