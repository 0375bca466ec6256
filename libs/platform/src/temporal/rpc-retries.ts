import { defaultGrpcRetryOptions, type GrpcRetryOptions } from '@temporalio/client';

const usual = defaultGrpcRetryOptions();
/** FAILED_PRECONDITION of gRPC. */
const failedPrecondition = 9;
/** About two seconds of waiting; a process whose code is broken answers no sooner for more of it. */
const attemptsAtAnUpdate = 6;

/**
 * What the SDK retries anyway, and an update that met its process between two runs: the server drops it with the task
 * in which the process continues as new. It was not accepted, and bears its id when it comes again.
 */
export const rpcRetries: GrpcRetryOptions = {
  ...usual,
  retryableDecider: (attempt, status) =>
    usual.retryableDecider(attempt, status) ||
    (attempt < attemptsAtAnUpdate &&
      Number(status.code) === failedPrecondition &&
      status.details.includes('unexpected workflow task failure')),
};
