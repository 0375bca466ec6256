import { Module } from '@nestjs/common';
import { auditLogController, ServicePlatform, Settings } from '@tollkeeper/platform';
import { AccountCycles } from './account-cycles.service';
import { AccountImportService } from './account-import.service';
import { AccountNews } from './account-news.service';
import { AccountController } from './account.controller';
import { AccountRepository } from './account.repository';
import { Accounts } from './account.schema';
import { AccountService } from './account.service';
import { AssignmentRepository } from './assignment.repository';
import { Assignments, IdentifierLocks } from './assignment.schema';
import { CustomersActivities } from './customers.activities';
import { CustomersController } from './customers.controller';
import { CycleRepository } from './cycle.repository';
import { CycleDefinitions } from './cycle.schema';
import { NetworkRepository } from './network.repository';
import { NetworkStates, TakenSteps } from './network.schema';
import { OfferingRepository } from './offering.repository';
import { OfferingCopies } from './offering.schema';
import { HttpProvisioning, provisioningEdge } from './provisioning-network';
import { RenewalService } from './renewal.service';
import { RestrictionService } from './restriction.service';
import { SubscriptionRepository } from './subscription.repository';
import { Subscriptions } from './subscription.schema';
import { SubscriptionService } from './subscription.service';
import { TenantRepository } from './tenant.repository';
import { TenantProfiles } from './tenant.schema';
import { TenantService } from './tenant.service';
import { TimelineRepository } from './timeline.repository';
import { Timeline } from './timeline.schema';

const collections = [
  Accounts,
  Subscriptions,
  Assignments,
  IdentifierLocks,
  CycleDefinitions,
  OfferingCopies,
  TenantProfiles,
  NetworkStates,
  TakenSteps,
  Timeline,
];

const AuditLogController = auditLogController('customers', {
  roles: ['auditor'],
  operation: {
    operationId: 'CustomersController_auditLog',
    summary: 'Who changed what of customers, before and after, and why',
    description: 'Newest first; page on with the last `id`.',
  },
});

@Module({
  imports: [ServicePlatform.register({ service: 'customers', collections })],
  controllers: [AccountController, CustomersController, AuditLogController],
  providers: [
    AccountRepository,
    SubscriptionRepository,
    AssignmentRepository,
    CycleRepository,
    OfferingRepository,
    TenantRepository,
    NetworkRepository,
    TimelineRepository,
    AccountCycles,
    AccountNews,
    AccountImportService,
    AccountService,
    SubscriptionService,
    RestrictionService,
    RenewalService,
    TenantService,
    {
      provide: provisioningEdge,
      inject: [Settings],
      useFactory: (settings: Settings) => new HttpProvisioning(settings),
    },
    CustomersActivities,
  ],
})
export class CustomersModule {}
