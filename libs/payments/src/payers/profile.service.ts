import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type AccountProfile, receivables, type TenantProfile } from '@tollkeeper/contracts';
import { Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { AccountFlags } from './account-flags.service';
import { defaultDunningPolicy } from '../domain/dunning/default-dunning-policy';
import { newestFacts } from '../domain/attempts/newest-facts';
import { DunningPolicyRepository } from '../dunning/policies/dunning-policy.repository';
import { ProfileRepository } from './profile.repository';
import type { AccountCopyRow } from './profile.schema';

/** Copies of what other services own, and what a new tenant starts with here. */
@Injectable()
export class ProfileService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly profiles: ProfileRepository,
    private readonly policies: DunningPolicyRepository,
    private readonly flags: AccountFlags,
  ) {}

  async receiveTenants(tenantId: string, at: Instant, facts: TenantProfile[]): Promise<void> {
    await this.database.transaction(async () => {
      const known = await this.profiles.tenant(tenantId);
      const [newest] = newestFacts(
        facts,
        (fact) => fact.tenantId,
        new Map(known ? [[tenantId, known.revision]] : []),
      );
      if (!newest) return;
      const { revision, zone, currency } = newest;
      await this.profiles.saveTenant({ _id: tenantId, revision, zone, currency });
      if (known) return;
      await this.policies.insert(tenantId, defaultDunningPolicy, at);
      await this.outbox.start(receivables, [{ tenantId, at }]);
    });
  }

  async receiveAccounts(tenantId: string, at: Instant, facts: AccountProfile[]): Promise<void> {
    await this.database.transaction(async () => {
      const known = await this.profiles.accounts(
        tenantId,
        facts.map(({ accountId }) => accountId),
      );
      const held = new Map([...known].map(([accountId, { revision }]) => [accountId, revision]));
      const newest = newestFacts(facts, ({ accountId }) => accountId, held);
      const copies = newest.map(copyOf);
      await this.profiles.saveAccounts(tenantId, copies);
      await this.flags.changed(tenantId, at, known, copies);
    });
  }
}

const copyOf = ({
  accountId,
  revision,
  customerName,
  zone,
  currency,
  creditTerms,
  address,
  customerKind,
  segment,
  language,
  flags = [],
}: AccountProfile): AccountCopyRow => ({
  _id: accountId,
  revision,
  customerName,
  zone,
  currency,
  dunningPolicyId: creditTerms?.dunningPolicyId ?? null,
  country: address.country,
  ...(customerKind ? { customerKind } : {}),
  segment: segment ?? null,
  language,
  flags,
});
