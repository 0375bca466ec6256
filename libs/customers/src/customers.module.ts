import { Module } from '@nestjs/common';
import { auditLogController, OfferingCopies, ServicePlatform } from '@tollkeeper/platform';
import { AccountCycles } from './accounts/account-cycles.service';
import { AccountImportService } from './accounts/account-import.service';
import { AccountNews } from './accounts/account-news.service';
import { AccountController } from './accounts/account.controller';
import { AccountRepository } from './accounts/account.repository';
import { Accounts } from './accounts/account.schema';
import { AccountTermsController } from './accounts/account-terms.controller';
import { AccountTerms } from './accounts/account-terms.service';
import { CreditClassController } from './accounts/credit-class.controller';
import { CreditClassRepository } from './accounts/credit-class.repository';
import { CreditClasses } from './accounts/credit-class.schema';
import { CreditClassService } from './accounts/credit-class.service';
import { NoteController } from './accounts/note.controller';
import { NoteRepository } from './accounts/note.repository';
import { Notes } from './accounts/note.schema';
import { NoteService } from './accounts/note.service';
import { AccountTreeService } from './accounts/account-tree.service';
import { AccountTreeRepository } from './accounts/account-tree.repository';
import { AccountTrees } from './accounts/account-tree.schema';
import { AccountService } from './accounts/account.service';
import { AssignmentRepository } from './identifiers/assignment.repository';
import { Assignments } from './identifiers/assignment.schema';
import { AssignmentService } from './identifiers/assignment.service';
import { IdentifierBooks } from './identifiers/identifier-books.service';
import { InventoryController } from './identifiers/inventory.controller';
import { InventoryDesk } from './identifiers/inventory-desk.service';
import { NumberBlockRepository } from './identifiers/number-block.repository';
import { StockImportService } from './identifiers/stock-import.service';
import { InventoryRepository } from './identifiers/inventory.repository';
import { Inventory, InventorySettings, NumberBlocks } from './identifiers/inventory.schema';
import { InventorySettingsRepository } from './identifiers/inventory-settings.repository';
import { InventoryService } from './identifiers/inventory.service';
import { NewSubscribers } from './bulk/new-subscribers.service';
import { SubscriberChanges } from './bulk/subscriber-changes.service';
import { SubscriberImportActivities } from './bulk/subscriber-import.activities';
import { SubscriberImportController } from './bulk/subscriber-import.controller';
import { SubscriberImportRepository } from './bulk/subscriber-import.repository';
import { SubscriberImportErrors, SubscriberImports } from './bulk/subscriber-import.schema';
import { SubscriberImportService } from './bulk/subscriber-import.service';
import { CustomersActivities } from './customers.activities';
import { CustomersController } from './customers.controller';
import { creditCollections, creditControllers, creditProviders } from './credit/credit-parts';
import { CycleRepository } from './copies/cycle.repository';
import { CycleDefinitions } from './copies/cycle.schema';
import { orderCollections, orderControllers, orderProviders } from './orders/order-providers';
import { networkCollections, networkControllers, networkProviders } from './network/network-providers';
import { AccountOwners } from './parties/account-owners.service';
import { CustomerController } from './parties/customer.controller';
import { CustomerRepository } from './parties/customer.repository';
import { Customers } from './parties/customer.schema';
import { CustomerService } from './parties/customer.service';
import { InvoiceNumberRepository } from './copies/invoice-number.repository';
import { InvoiceNumbers } from './copies/invoice-number.schema';
import { OfferingRepository } from './copies/offering.repository';
import { Eligibility } from './orders/eligibility.service';
import { OfferingSales } from './copies/offering.schema';
import { renewalCollections, renewalControllers, renewalProviders } from './renewals/renewal-parts';
import { PayerCheck } from './subscriptions/payer-check.service';
import { SubscriptionParties } from './subscriptions/subscription-parties.service';
import { SubscriptionRepository } from './subscriptions/subscription.repository';
import { Subscriptions } from './subscriptions/subscription.schema';
import { SubscriptionService } from './subscriptions/subscription.service';
import { SearchController } from './search/search.controller';
import { SearchRepository } from './search/search.repository';
import { SearchService } from './search/search.service';
import { TenantRepository } from './copies/tenant.repository';
import { TenantProfiles } from './copies/tenant.schema';
import { TenantService } from './copies/tenant.service';
import { TimelineRepository } from './accounts/timeline.repository';
import { Timeline } from './accounts/timeline.schema';

const collections = [
  Accounts,
  AccountTrees,
  CreditClasses,
  Notes,
  Customers,
  Subscriptions,
  Assignments,
  Inventory,
  NumberBlocks,
  InventorySettings,
  CycleDefinitions,
  OfferingCopies,
  OfferingSales,
  TenantProfiles,
  ...networkCollections,
  ...orderCollections,
  ...creditCollections,
  Timeline,
  InvoiceNumbers,
  SubscriberImports,
  SubscriberImportErrors,
  ...renewalCollections,
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
  controllers: [
    InventoryController,
    AccountController,
    CustomerController,
    CustomersController,
    SubscriberImportController,
    AccountTermsController,
    CreditClassController,
    NoteController,
    SearchController,
    ...networkControllers,
    ...orderControllers,
    ...creditControllers,
    ...renewalControllers,
    AuditLogController,
  ],
  providers: [
    AccountRepository,
    AccountTreeRepository,
    AccountTreeService,
    AccountTerms,
    CreditClassRepository,
    CreditClassService,
    NoteRepository,
    NoteService,
    PayerCheck,
    AccountOwners,
    CustomerRepository,
    CustomerService,
    SubscriptionParties,
    SubscriptionRepository,
    AssignmentRepository,
    InventoryRepository,
    NumberBlockRepository,
    InventorySettingsRepository,
    IdentifierBooks,
    CycleRepository,
    OfferingRepository,
    Eligibility,
    TenantRepository,
    TimelineRepository,
    InventoryService,
    InventoryDesk,
    StockImportService,
    AssignmentService,
    AccountCycles,
    AccountNews,
    AccountImportService,
    AccountService,
    SubscriptionService,
    ...renewalProviders,
    TenantService,
    InvoiceNumberRepository,
    SearchRepository,
    SearchService,
    ...networkProviders,
    ...orderProviders,
    ...creditProviders,
    SubscriberImportRepository,
    NewSubscribers,
    SubscriberChanges,
    SubscriberImportService,
    SubscriberImportActivities,
    CustomersActivities,
  ],
})
export class CustomersModule {}
