import { asyncLocalStorage } from '@temporalio/activity';

/** Where a long activity may stop: ends one that was cancelled, or given to another; nothing outside of one. */
export function stopIfCancelled(): void {
  asyncLocalStorage.getStore()?.cancellationSignal.throwIfAborted();
}
