import { Injectable } from '@nestjs/common';
import { addDuration, type Instant } from '@tollkeeper/calendar';
import { collection } from '@tollkeeper/contracts';
import { Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { CollectionRepository } from './collection.repository';
import { DunningPolicyRepository } from './policies/dunning-policy.repository';

/** A process looks at its case as soon as it starts. */
const beginsWithin = { hours: 1 };
const casesPerRound = 500;

/**
 * A case can be opened while the process of the one before is still ending: its start finds an open process of the same
 * id and is none. The daily round starts what has never begun; where there is a process, that changes nothing.
 */
@Injectable()
export class ForgottenCases {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly collections: CollectionRepository,
    private readonly policies: DunningPolicyRepository,
  ) {}

  async startAgain(tenantId: string, at: Instant): Promise<void> {
    const openedBefore = addDuration(at, { hours: -beginsWithin.hours });
    const rows = await this.collections.neverBegun(tenantId, openedBefore, casesPerRound);
    if (rows.length === 0) return;
    const inputs: Parameters<typeof collection.id>[0][] = [];
    for (const { _id: caseId, accountId, policyId, policyVersion } of rows) {
      const policy = await this.policies.version(tenantId, policyId, policyVersion);
      if (policy) inputs.push({ tenantId, at, accountId, caseId, policy });
    }
    await this.database.transaction(() => this.outbox.start(collection, inputs));
  }
}
