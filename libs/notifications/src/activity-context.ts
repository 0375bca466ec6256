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
 * Whether Temporal no longer wants the step: it was cancelled, the worker stops, or it was given to another after a
 * silence.
 */
export const shouldStop = (): boolean => contextOrNull()?.cancellationSignal.aborted ?? false;
