import { Module } from '@nestjs/common';
import { auditLogController, PriceOverrideCopies, ServicePlatform } from '@tollkeeper/platform';
import { AccountRepository } from './accounts/account.repository';
import { Accounts } from './accounts/account.schema';
import { AccountService } from './accounts/account.service';
import { BillingPeriodRepository } from './periods/billing-period.repository';
import { BillingPeriods, Closings } from './periods/billing-period.schema';
import { BucketService } from './periods/bucket.service';
import { ChargingPeriodRepository } from './periods/charging-period.repository';
import { ChargingPeriods } from './periods/charging-period.schema';
import { LateUsageController } from './late-usage/late-usage.controller';
import { LateUsageRepository } from './late-usage/late-usage.repository';
import { OnDemandClosingService } from './periods/on-demand-closing.service';
import { PeriodOpeningService } from './periods/period-opening.service';
import { PeriodRestService } from './periods/period-rest.service';
import { PeriodService } from './periods/period.service';
import { PublicationRepository } from './publications/publication.repository';
import { Decks, Offerings } from './publications/publication.schema';
import { PublicationService } from './publications/publication.service';
import { RatedUsageNews } from './usage/rated-usage-news.service';
import { RatingActivities } from './rating.activities';
import { RatingSettingsController } from './settings/rating-settings.controller';
import { RatingSettingsRepository } from './settings/rating-settings.repository';
import { RatingSettings } from './settings/rating-settings.schema';
import { RatingSettingsService } from './settings/rating-settings.service';
import { RefoldService } from './rerating/refold.service';
import { ReratingController } from './rerating/rerating.controller';
import { ReratingRepository } from './rerating/rerating.repository';
import { Reratings, ReratingSums } from './rerating/rerating.schema';
import { ReratingService } from './rerating/rerating.service';
import { SuspenseController } from './suspense/suspense.controller';
import { SuspenseService } from './suspense/suspense.service';
import { TenantRepository } from './accounts/tenant.repository';
import { Tenants } from './accounts/tenant.schema';
import { UsageCorrectionRepository } from './rerating/usage-correction.repository';
import { UsageCorrections } from './rerating/usage-correction.schema';
import { UsageCorrectionService } from './rerating/usage-correction.service';
import { UsageWithdrawalController } from './rerating/usage-withdrawal.controller';
import { UsageWithdrawalService } from './rerating/usage-withdrawal.service';
import { UsageExplanationController } from './usage/usage-explanation.controller';
import { UsageImportController } from './imports/usage-import.controller';
import { UsageImportRepository } from './imports/usage-import.repository';
import { UsageImports, UsageRejects } from './imports/usage-import.schema';
import { UsageImportService } from './imports/usage-import.service';
import { UsageRatingService } from './usage/usage-rating.service';
import { UsageSessionController } from './sessions/usage-session.controller';
import { UsageSessionRepository } from './sessions/usage-session.repository';
import { UsagePartials, UsageSessions } from './sessions/usage-session.schema';
import { UsageSessionService } from './sessions/usage-session.service';
import { UsageController } from './usage/usage.controller';
import { UsageRepository } from './usage/usage.repository';
import { Usages } from './usage/usage.schema';
import { UsageService } from './usage/usage.service';
import { WholesaleController } from './wholesale/wholesale.controller';
import { WholesaleRepository } from './wholesale/wholesale.repository';
import { WholesaleAgreements, WholesalePeriods, WholesaleUsages } from './wholesale/wholesale.schema';
import { WholesaleService } from './wholesale/wholesale.service';

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
    UsageWithdrawalController,
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
    UsageWithdrawalService,
    WholesaleService,
    RatingActivities,
  ],
})
export class RatingModule {}
