import { Injectable } from '@nestjs/common';
import type { FactBatch } from '@tollkeeper/contracts';
import { ContactRepository } from './contact.repository';
import { TenantProfileRepository } from './tenant-profile.repository';

/** Keeps what is needed to write to people; the higher revision wins. */
@Injectable()
export class ContactService {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly profiles: TenantProfileRepository,
  ) {}

  async takeTenant({ tenantId, facts }: FactBatch<'tenantChanged'>): Promise<void> {
    const known = (await this.profiles.find(tenantId))?.revision ?? 0;
    const newest = newestOf(facts, () => tenantId).filter(({ revision }) => revision > known);
    for (const profile of newest) await this.profiles.put(tenantId, profile);
  }

  async takeAccounts({ tenantId, facts }: FactBatch<'accountChanged'>): Promise<void> {
    const newest = newestOf(facts, ({ accountId }) => accountId);
    const known = await this.contacts.findAll(
      tenantId,
      newest.map(({ accountId }) => accountId),
    );
    const revisions = new Map(known.map(({ accountId, revision }) => [accountId, revision]));
    const news = newest
      .filter(({ accountId, revision }) => revision > (revisions.get(accountId) ?? 0))
      .map(({ accountId, revision, customerName, email, language }) => ({
        accountId,
        revision,
        name: customerName,
        email,
        language,
      }));
    await this.contacts.putAll(tenantId, news);
  }
}

function newestOf<Fact extends { revision: number }>(facts: Fact[], idOf: (fact: Fact) => string): Fact[] {
  const newest = new Map<string, Fact>();
  for (const fact of facts) {
    const earlier = newest.get(idOf(fact));
    if (!earlier || fact.revision > earlier.revision) newest.set(idOf(fact), fact);
  }
  return [...newest.values()];
}
