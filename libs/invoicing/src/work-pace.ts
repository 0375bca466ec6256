import { setImmediate as nextTurn } from 'node:timers/promises';
import { asyncLocalStorage, Context } from '@temporalio/activity';

/** Between two pieces of a long activity: tells the server that we live, hears a cancellation, lets others run. */
export async function pace(done: number): Promise<void> {
  if (asyncLocalStorage.getStore()) {
    const context = Context.current();
    context.heartbeat(done);
    context.cancellationSignal.throwIfAborted();
  }
  await nextTurn();
}
