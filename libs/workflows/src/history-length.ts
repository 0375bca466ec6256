import { workflowInfo } from '@temporalio/workflow';

/** Far below Temporal's 51,200 events: replay stays cheap, and a process continues as new between steps. */
const continueAfterEvents = 3_000;

export const historyIsLong = (): boolean => workflowInfo().historyLength > continueAfterEvents;
