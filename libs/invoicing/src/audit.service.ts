import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { AuditLog, type Principal } from '@tollkeeper/platform';
import { steeredBy } from './domain/steered-by';

export interface Change {
  what: string;
  entity: string;
  before?: unknown;
  after?: unknown;
}

/** Changes that a person asked of a process: the door wrote nothing, the activity that does it writes the audit row. */
@Injectable()
export class AuditService {
  constructor(private readonly log: AuditLog) {}

  async steered(
    { tenantId, at, by, reason }: { tenantId: string; at: Instant; by?: string; reason?: string },
    change: Change,
  ): Promise<void> {
    if (!by) return;
    const principal: Principal = { ...steeredBy(by), tenantId, roles: [], scopes: [], accountId: null };
    await this.log.record(principal, { at, reason: reason ?? null, ...change });
  }
}
