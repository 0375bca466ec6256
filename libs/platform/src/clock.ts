import type { Instant } from '@tollkeeper/calendar';
import { isSandbox, type TenantId, testClockId, testClockState } from '@tollkeeper/contracts';
import { conflict } from './http/problem';
import type { Processes } from './temporal/processes';

/** Business time for a door (REST, webhook). Processes carry their own `at`; nothing else asks. */
export class BusinessClock {
  constructor(private readonly processes: Processes) {}

  async now(tenantId: TenantId): Promise<Instant> {
    if (!isSandbox(tenantId)) return new Date().toISOString();
    const state = await this.processes.shown(testClockId(tenantId), testClockState);
    if (!state)
      throw conflict(
        'clockNotReady',
        'The test clock of this sandbox is not running yet.',
        'Try again in a second.',
      );
    return state.now;
  }
}
