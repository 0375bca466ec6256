import { Module } from '@nestjs/common';
import { auditLogController, ServicePlatform } from '@tollkeeper/platform';
import { AccountRepository } from './tenants/account.repository';
import { Accounts } from './tenants/account.schema';
import { CatalogExport } from './documents/catalog-export.service';
import { CatalogImportService } from './documents/catalog-import.service';
import { DeckRows } from './documents/deck-rows.service';
import { DocumentCheck } from './documents/document-check.service';
import { CatalogActivities } from './catalog.activities';
import { CatalogController } from './catalog.controller';
import { CatalogSchedule } from './publications/catalog-schedule.service';
import { OfferingDrafts } from './offerings/offering-draft.service';
import { OfferingGround } from './offerings/offering-ground.service';
import { OfferingLifeController } from './offerings/offering-life.controller';
import { OfferingSalesRepository } from './offerings/offering-sales.repository';
import { OfferingSales } from './offerings/offering-sales.schema';
import { OfferingSalesService } from './offerings/offering-sales.service';
import { AccountDiscountService } from './promotions/account-discount.service';
import { AccountDiscounts, Coupons } from './promotions/coupon.schema';
import { CouponRepository } from './promotions/coupon.repository';
import { CouponTable } from './promotions/coupon-table.service';
import { PriceOverrideController } from './prices/price-override.controller';
import { PromotionController } from './promotions/promotion.controller';
import { PriceOverrideRepository } from './prices/price-override.repository';
import { PriceOverrides } from './prices/price-override.schema';
import { PriceOverrideService } from './prices/price-override.service';
import { OfferingController } from './offerings/offering.controller';
import { OfferingRepository } from './offerings/offering.repository';
import { Offerings } from './offerings/offering.schema';
import { OfferingService } from './offerings/offering.service';
import { PublicationRepository } from './publications/publication.repository';
import { Publications } from './publications/publication.schema';
import { PublicationService } from './publications/publication.service';
import { RateDeckController } from './decks/rate-deck.controller';
import { RateDeckRepository } from './decks/rate-deck.repository';
import { RateDecks } from './decks/rate-deck.schema';
import { RateDeckService } from './decks/rate-deck.service';
import { TenantRepository } from './tenants/tenant.repository';
import { TenantProfiles } from './tenants/tenant.schema';

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
