import { asyncLocalStorage } from '@temporalio/activity';

/** Tells Temporal that a long activity goes on, and stops a cancelled one at a point where it may stop. */
export function stillAlive(): void {
  const activity = asyncLocalStorage.getStore();
  activity?.heartbeat();
  activity?.cancellationSignal.throwIfAborted();
}
