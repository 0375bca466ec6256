import { Module } from '@nestjs/common';
import { auditLogController, ServicePlatform } from '@tollkeeper/platform';
import { AccountRepository } from './account.repository';
import { Accounts } from './account.schema';
import { CatalogExport } from './documents/catalog-export.service';
import { CatalogImportService } from './documents/catalog-import.service';
import { DeckRows } from './documents/deck-rows.service';
import { DocumentCheck } from './documents/document-check.service';
import { CatalogActivities } from './catalog.activities';
import { CatalogController } from './catalog.controller';
import { CatalogSchedule } from './catalog-schedule.service';
import { OfferingDrafts } from './offering-draft.service';
import { OfferingGround } from './offering-ground.service';
import { OfferingLifeController } from './offering-life.controller';
import { OfferingSalesRepository } from './offering-sales.repository';
import { OfferingSales } from './offering-sales.schema';
import { OfferingSalesService } from './offering-sales.service';
import { AccountDiscountService } from './promotions/account-discount.service';
import { AccountDiscounts, Coupons } from './promotions/coupon.schema';
import { CouponRepository } from './promotions/coupon.repository';
import { CouponTable } from './promotions/coupon-table.service';
import { PriceOverrideController } from './prices/price-override.controller';
import { PromotionController } from './promotions/promotion.controller';
import { PriceOverrideRepository } from './prices/price-override.repository';
import { PriceOverrides } from './prices/price-override.schema';
import { PriceOverrideService } from './prices/price-override.service';
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
      collections: [
        Offerings,
        RateDecks,
        Publications,
        TenantProfiles,
        Accounts,
        OfferingSales,
        Coupons,
        AccountDiscounts,
        PriceOverrides,
      ],
    }),
  ],
  controllers: [
    CatalogController,
    PromotionController,
    PriceOverrideController,
    OfferingLifeController,
    OfferingController,
    RateDeckController,
    AuditLogController,
  ],
  providers: [
    OfferingRepository,
    RateDeckRepository,
    PublicationRepository,
    TenantRepository,
    AccountRepository,
    OfferingGround,
    OfferingDrafts,
    OfferingService,
    OfferingSalesRepository,
    OfferingSalesService,
    CatalogSchedule,
    CouponRepository,
    CouponTable,
    AccountDiscountService,
    PriceOverrideRepository,
    PriceOverrideService,
    RateDeckService,
    PublicationService,
    DeckRows,
    DocumentCheck,
    CatalogImportService,
    CatalogExport,
    CatalogActivities,
  ],
})
export class CatalogModule {}
