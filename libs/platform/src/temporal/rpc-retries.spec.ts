import { rpcRetries } from './rpc-retries';

type Status = Parameters<typeof rpcRetries.retryableDecider>[1];

const [failedPrecondition, unavailable, notFound] = [9, 14, 5];

const dropped = 'Unable to perform workflow execution update due to unexpected workflow task failure.';

describe('calls to Temporal', () => {
  it.each([
    ['an update dropped while its process continues as new', failedPrecondition, dropped, 1, true],
    ['the same for the fifth time', failedPrecondition, dropped, 5, true],
    ['the same for the sixth time: the process is broken', failedPrecondition, dropped, 6, false],
    ['another precondition', failedPrecondition, 'the namespace is read-only', 1, false],
    ['a server that is away', unavailable, 'connection refused', 1, true],
    ['a process that is not there', notFound, 'workflow not found', 1, false],
  ])('%s', (_name, code, details, attempt, isRetried) => {
    expect(rpcRetries.retryableDecider(attempt, { code, details } as Status)).toBe(isRetried);
  });
});
