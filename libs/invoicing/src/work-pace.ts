import { setImmediate as nextTurn } from 'node:timers/promises';
import { stopIfCancelled } from '@tollkeeper/platform';

/** Between two pieces of a long activity: hears a cancellation, lets others run. */
export async function pace(): Promise<void> {
  stopIfCancelled();
  await nextTurn();
}
