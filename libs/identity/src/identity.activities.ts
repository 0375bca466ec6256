import { Injectable } from '@nestjs/common';
import type { ServiceActivities } from '@tollkeeper/contracts';
import { pendingOutbox, ServiceDatabase } from '@tollkeeper/platform';

@Injectable()
export class IdentityActivities implements ServiceActivities {
  constructor(private readonly database: ServiceDatabase) {}

  async pendingWork({ tenantId }: { tenantId: string }): Promise<{ pending: number; oldestError?: string }> {
    return pendingOutbox(this.database, tenantId);
  }
}
