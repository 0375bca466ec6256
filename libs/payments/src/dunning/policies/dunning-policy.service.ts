import { Injectable } from '@nestjs/common';
import type { DunningPolicy } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  BusinessClock,
  isDuplicateKey,
  conflict,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { policyFault } from '../../domain/dunning/policy-faults';
import { DunningPolicyRepository } from './dunning-policy.repository';

@Injectable()
export class DunningPolicyService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly policies: DunningPolicyRepository,
  ) {}

  /** The next version; cases that are open go on with theirs. */
  async put(
    principal: Principal,
    wanted: Omit<DunningPolicy, 'version'>,
    reason: string,
  ): Promise<DunningPolicy> {
    const fault = policyFault(wanted);
    if (fault) throw badInput(fault.field, fault.detail);
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    try {
      return await this.database.transaction(async () => {
        const before = await this.policies.latest(tenantId, wanted.policyId);
        const policy = { ...wanted, version: (before?.version ?? 0) + 1 };
        await this.policies.insert(tenantId, policy, at);
        const entity = `${policy.policyId}/${policy.version}`;
        await this.audit.record(principal, {
          at,
          what: 'putDunningPolicy',
          entity,
          before,
          after: policy,
          reason,
        });
        return policy;
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw conflict(
        'policyChanged',
        'Someone else changed this policy just now.',
        'Load it again and repeat your change.',
      );
    }
  }
}
