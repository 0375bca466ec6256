import { Module } from '@nestjs/common';
import { auditLogController, PriceOverrideCopies, ServicePlatform } from '@tollkeeper/platform';
import { AccountRepository } from './account.repository';
import { Accounts } from './account.schema';
import { AccountService } from './account.service';
import { BillingPeriodRepository } from './billing-period.repository';
import { BillingPeriods, Closings } from './billing-period.schema';
import { BucketService } from './bucket.service';
import { ChargingPeriodRepository } from './charging-period.repository';
import { ChargingPeriods } from './charging-period.schema';
import { LateUsageController } from './late-usage.controller';
import { LateUsageRepository } from './late-usage.repository';
import { OnDemandClosingService } from './on-demand-closing.service';
import { PeriodOpeningService } from './period-opening.service';
import { PeriodRestService } from './period-rest.service';
import { PeriodService } from './period.service';
import { PublicationRepository } from './publication.repository';
import { Decks, Offerings } from './publication.schema';
import { PublicationService } from './publication.service';
import { RatedUsageNews } from './rated-usage-news.service';
import { RatingActivities } from './rating.activities';
import { RatingSettingsController } from './rating-settings.controller';
import { RatingSettingsRepository } from './rating-settings.repository';
import { RatingSettings } from './rating-settings.schema';
import { RatingSettingsService } from './rating-settings.service';
import { RefoldService } from './refold.service';
import { ReratingController } from './rerating.controller';
import { ReratingRepository } from './rerating.repository';
import { Reratings, ReratingSums } from './rerating.schema';
import { ReratingService } from './rerating.service';
import { SuspenseController } from './suspense.controller';
import { SuspenseService } from './suspense.service';
import { TenantRepository } from './tenant.repository';
import { Tenants } from './tenant.schema';
import { UsageCorrectionRepository } from './usage-correction.repository';
import { UsageCorrections } from './usage-correction.schema';
import { UsageCorrectionService } from './usage-correction.service';
import { UsageExplanationController } from './usage-explanation.controller';
import { UsageImportController } from './usage-import.controller';
import { UsageImportRepository } from './usage-import.repository';
import { UsageImports, UsageRejects } from './usage-import.schema';
import { UsageImportService } from './usage-import.service';
import { UsageRatingService } from './usage-rating.service';
import { UsageSessionController } from './usage-session.controller';
import { UsageSessionRepository } from './usage-session.repository';
import { UsagePartials, UsageSessions } from './usage-session.schema';
import { UsageSessionService } from './usage-session.service';
import { UsageController } from './usage.controller';
import { UsageRepository } from './usage.repository';
import { Usages } from './usage.schema';
import { UsageService } from './usage.service';
import { WholesaleController } from './wholesale.controller';
import { WholesaleRepository } from './wholesale.repository';
import { WholesaleAgreements, WholesalePeriods, WholesaleUsages } from './wholesale.schema';
import { WholesaleService } from './wholesale.service';

const collections = [
  Accounts,
  BillingPeriods,
  ChargingPeriods,
  Closings,
  Decks,
  PriceOverrideCopies,
  Offerings,
  RatingSettings,
  Reratings,
  ReratingSums,
  Tenants,
  UsageCorrections,
  UsageImports,
  UsagePartials,
  UsageRejects,
  Usages,
  UsageSessions,
  WholesaleAgreements,
  WholesalePeriods,
  WholesaleUsages,
];

const repositories = [
  AccountRepository,
  BillingPeriodRepository,
  ChargingPeriodRepository,
  LateUsageRepository,
  PublicationRepository,
  RatingSettingsRepository,
  ReratingRepository,
  TenantRepository,
  UsageCorrectionRepository,
  UsageImportRepository,
  UsageRepository,
  UsageSessionRepository,
  WholesaleRepository,
];

const AuditLogController = auditLogController('rating', {
  roles: ['auditor', 'billing'],
  operation: { summary: 'Changes that people made in rating, newest first' },
});

@Module({
  imports: [ServicePlatform.register({ service: 'rating', collections })],
  controllers: [
    UsageImportController,
    UsageController,
    UsageExplanationController,
    LateUsageController,
    UsageSessionController,
    SuspenseController,
    RatingSettingsController,
    ReratingController,
    WholesaleController,
    AuditLogController,
  ],
  providers: [
    ...repositories,
    AccountService,
    BucketService,
    PeriodOpeningService,
    PeriodRestService,
    PeriodService,
    OnDemandClosingService,
    PublicationService,
    RatingSettingsService,
    RatedUsageNews,
    RefoldService,
    ReratingService,
    SuspenseService,
    UsageCorrectionService,
    UsageImportService,
    UsageRatingService,
    UsageService,
    UsageSessionService,
    WholesaleService,
    RatingActivities,
  ],
})
export class RatingModule {}
