// The health check of every container of ours. A server answers at HEALTH_URL; a process that only works for Temporal
// (HEALTH_TASK_QUEUE) is healthy while Temporal hears its worker ask for work.
import { hostname } from 'node:os';
import { Connection } from '@temporalio/client';

/** A worker asks again at least once a minute, also when there is nothing to do. */
const HEARD_WITHIN_MS = 150_000;
const ANSWER_WITHIN_MS = 4_000;
/** TASK_QUEUE_TYPE_WORKFLOW of Temporal's API. */
const WORKFLOW_QUEUE = 1;

async function serverAnswers(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  return answer.ok;
}

async function workerPolls(name) {
  const connection = await Connection.connect({
    address: process.env.TEMPORAL_ADDRESS,
    connectTimeout: ANSWER_WITHIN_MS,
  });
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace: process.env.TEMPORAL_NAMESPACE,
    taskQueue: { name },
    taskQueueType: WORKFLOW_QUEUE,
  });
  await connection.close();
  return pollers.some(
    ({ identity, lastAccessTime }) =>
      identity.endsWith(`@${hostname()}`) &&
      Date.now() - Number(lastAccessTime.seconds) * 1_000 < HEARD_WITHIN_MS,
  );
}

const { HEALTH_URL, HEALTH_TASK_QUEUE } = process.env;
const isHealthy = HEALTH_TASK_QUEUE ? await workerPolls(HEALTH_TASK_QUEUE) : await serverAnswers(HEALTH_URL);
process.exitCode = isHealthy ? 0 : 1;
