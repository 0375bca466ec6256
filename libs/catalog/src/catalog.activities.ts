import { Injectable } from '@nestjs/common';
import type { CatalogActivities as CatalogContract, FactBatch, Publication } from '@tollkeeper/contracts';
import { pendingOutbox, ServiceDatabase } from '@tollkeeper/platform';
import { AccountRepository } from './tenants/account.repository';
import { PublicationService } from './publications/publication.service';
import { TenantRepository } from './tenants/tenant.repository';

@Injectable()
export class CatalogActivities implements CatalogContract {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly publications: PublicationService,
    private readonly tenants: TenantRepository,
    private readonly accounts: AccountRepository,
  ) {}

  loadPublication({
    tenantId,
    publicationId,
  }: {
    tenantId: string;
    publicationId: string;
  }): Promise<Publication> {
    return this.publications.load(tenantId, publicationId);
  }

  putInForce({
    tenantId,
    publicationId,
    at,
  }: {
    tenantId: string;
    publicationId: string;
    at: string;
  }): Promise<void> {
    return this.publications.putInForce(tenantId, publicationId, at);
  }

  async receiveTenantChanged({ tenantId, facts }: FactBatch<'tenantChanged'>): Promise<void> {
    for (const profile of facts) await this.tenants.keep(tenantId, profile);
  }

  receiveAccountChanged({ tenantId, facts }: FactBatch<'accountChanged'>): Promise<void> {
    return this.accounts.keepNewer(tenantId, facts);
  }

  pendingWork({ tenantId }: { tenantId: string }): Promise<{ pending: number; oldestError?: string }> {
    return pendingOutbox(this.db, tenantId);
  }
}
