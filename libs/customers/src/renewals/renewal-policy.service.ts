import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { RenewalRules } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  isDuplicateKey,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { checkRenewalRules, defaultRenewalRules } from '../domain/renewal-rules';
import { RenewalPolicyRepository } from './renewal-policy.repository';
import type { RenewalPolicyRow } from './renewal-policy.schema';

@Injectable()
export class RenewalPolicyService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly policies: RenewalPolicyRepository,
  ) {}

  async rulesAt(tenantId: string, at: Instant): Promise<RenewalRules> {
    return (await this.policies.inForce(tenantId, at)) ?? defaultRenewalRules;
  }

  /** What a tenant that has never set anything goes by has version 0. */
  async inForce(tenantId: string): Promise<Omit<RenewalPolicyRow, '_id' | 'createdAt'>> {
    const row = await this.policies.inForce(tenantId, await this.clock.now(tenantId));
    return row ?? { ...defaultRenewalRules, version: 0, validFrom: '1970-01-01T00:00:00.000Z' };
  }

  async put(
    principal: Principal,
    { validFrom, reason, ...rules }: RenewalRules & { validFrom?: Instant; reason: string },
  ): Promise<RenewalPolicyRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    refuseFindings(checkRenewalRules(rules));
    if (validFrom !== undefined && validFrom < at)
      throw badInput(
        'validFrom',
        `Rules cannot change before now (${at}).`,
        'Leave it out to change them now.',
      );
    const stored = this.db.transaction(async () => {
      const before = await this.policies.latest(tenantId);
      const version = (before?.version ?? 0) + 1;
      const row = {
        _id: `${tenantId}/${version}`,
        version,
        validFrom: validFrom ?? at,
        ...rules,
        createdAt: at,
      };
      await this.policies.insert(tenantId, row);
      const entity = `renewalPolicy/${version}`;
      await this.audit.record(principal, {
        at,
        what: 'putRenewalPolicy',
        entity,
        before,
        after: row,
        reason,
      });
      return row;
    });
    return stored.catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
      throw conflict(
        'policyChanged',
        'Someone else changed the rules just now.',
        'Load them again and repeat your change.',
      );
    });
  }
}
