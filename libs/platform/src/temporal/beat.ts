import { asyncLocalStorage, heartbeat } from '@temporalio/activity';

/** Tells Temporal that a long activity lives; nothing outside of one. */
export function beat(details: unknown): void {
  if (asyncLocalStorage.getStore()) heartbeat(details);
}
