import { Module } from '@nestjs/common';
import { auditLogController, ServicePlatform } from '@tollkeeper/platform';
import { AccountRepository } from './account.repository';
import { Accounts } from './account.schema';
import { CatalogImportService } from './catalog-import.service';
import { CatalogActivities } from './catalog.activities';
import { CatalogController } from './catalog.controller';
import { OfferingController } from './offering.controller';
import { OfferingRepository } from './offering.repository';
import { Offerings } from './offering.schema';
import { OfferingService } from './offering.service';
import { PublicationRepository } from './publication.repository';
import { Publications } from './publication.schema';
import { PublicationService } from './publication.service';
import { RateDeckController } from './rate-deck.controller';
import { RateDeckRepository } from './rate-deck.repository';
import { RateDecks } from './rate-deck.schema';
import { RateDeckService } from './rate-deck.service';
import { TenantRepository } from './tenant.repository';
import { TenantProfiles } from './tenant.schema';

const AuditLogController = auditLogController('catalog', {
  roles: ['auditor'],
  operation: {
    operationId: 'CatalogController_auditLog',
    summary: 'Who changed what in the catalog, before and after',
    description: 'Newest first; page on with the last `id`.',
  },
});

@Module({
  imports: [
    ServicePlatform.register({
      service: 'catalog',
      collections: [Offerings, RateDecks, Publications, TenantProfiles, Accounts],
    }),
  ],
  controllers: [CatalogController, OfferingController, RateDeckController, AuditLogController],
  providers: [
    OfferingRepository,
    RateDeckRepository,
    PublicationRepository,
    TenantRepository,
    AccountRepository,
    OfferingService,
    RateDeckService,
    PublicationService,
    CatalogImportService,
    CatalogActivities,
  ],
})
export class CatalogModule {}
