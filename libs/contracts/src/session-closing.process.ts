import { defineSignal } from '@temporalio/workflow';
import type { Instant } from '@tollkeeper/calendar';
import { defineProcess, type ProcessEvent, type ProcessInput } from './process';

/** Closes a tenant's usage sessions that fell silent, each when its time is over. */
export type SessionClosingInput = ProcessInput;

export const sessionClosing = defineProcess<SessionClosingInput>({
  workflow: 'sessionClosing',
  reuse: 'reopenable',
  rank: 'usage',
  id: ({ tenantId }) => `session-closing/${tenantId}`,
});

export const sessionsOpened = defineSignal<[ProcessEvent]>('sessionsOpened');

export interface SessionActivities {
  /** Closes what is silent by then; `nextAt` is when the next one would be, `null` while none is open. */
  closeSilentSessions(input: {
    tenantId: string;
    at: Instant;
  }): Promise<{ closed: number; nextAt: Instant | null }>;
}
