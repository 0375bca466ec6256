import { Module } from '@nestjs/common';
import { auditLogController, PriceOverrideCopies, ServicePlatform } from '@tollkeeper/platform';
import { AccountRepository } from './account.repository';
import { Accounts } from './account.schema';
import { AccountService } from './account.service';
import { BillingPeriodRepository } from './billing-period.repository';
import { BillingPeriods, Closings } from './billing-period.schema';
import { ChargingPeriodRepository } from './charging-period.repository';
import { ChargingPeriods } from './charging-period.schema';
import { PeriodService } from './period.service';
import { PublicationRepository } from './publication.repository';
import { Decks, Offerings } from './publication.schema';
import { PublicationService } from './publication.service';
import { RatingActivities } from './rating.activities';
import { RefoldService } from './refold.service';
import { SuspenseController } from './suspense.controller';
import { SuspenseService } from './suspense.service';
import { TenantRepository } from './tenant.repository';
import { Tenants } from './tenant.schema';
import { UsageImportController } from './usage-import.controller';
import { UsageImportRepository } from './usage-import.repository';
import { UsageImports, UsageRejects } from './usage-import.schema';
import { UsageImportService } from './usage-import.service';
import { UsageRatingService } from './usage-rating.service';
import { UsageController } from './usage.controller';
import { UsageRepository } from './usage.repository';
import { Usages } from './usage.schema';
import { UsageService } from './usage.service';

const collections = [
  Accounts,
  BillingPeriods,
  ChargingPeriods,
  Closings,
  Decks,
  PriceOverrideCopies,
  Offerings,
  Tenants,
  UsageImports,
  UsageRejects,
  Usages,
];

const repositories = [
  AccountRepository,
  BillingPeriodRepository,
  ChargingPeriodRepository,
  PublicationRepository,
  TenantRepository,
  UsageImportRepository,
  UsageRepository,
];

const AuditLogController = auditLogController('rating', {
  roles: ['auditor', 'billing'],
  operation: { summary: 'Changes that people made in rating, newest first' },
});

@Module({
  imports: [ServicePlatform.register({ service: 'rating', collections })],
  controllers: [UsageImportController, UsageController, SuspenseController, AuditLogController],
  providers: [
    ...repositories,
    AccountService,
    PeriodService,
    PublicationService,
    RefoldService,
    SuspenseService,
    UsageImportService,
    UsageRatingService,
    UsageService,
    RatingActivities,
  ],
})
export class RatingModule {}
