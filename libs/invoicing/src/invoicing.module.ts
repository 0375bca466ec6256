import { Module } from '@nestjs/common';
import {
  AccountDiscountCopies,
  auditLogController,
  OfferingCopies,
  PriceOverrideCopies,
  ServicePlatform,
} from '@tollkeeper/platform';
import { AuditService } from './audit.service';
import { AccountStatementController } from './books/account-statement.controller';
import { AccountStatementRepository } from './books/account-statement.repository';
import { AccountStatementService } from './books/account-statement.service';
import { AgeingController } from './books/ageing.controller';
import { AgeingRepository } from './books/ageing.repository';
import { BooksActivities } from './books/books.activities';
import { BooksController } from './books/books.controller';
import { BooksRepository } from './books/books.repository';
import { Books, JournalDays } from './books/books.schema';
import { BooksService } from './books/books.service';
import { JournalController } from './books/journal.controller';
import { JournalRepository } from './books/journal.repository';
import { JournalService } from './books/journal.service';
import { RecognitionService } from './books/recognition.service';
import { RevenueScheduleController } from './books/revenue-schedule.controller';
import { RevenueScheduleRepository } from './books/revenue-schedule.repository';
import { RevenueSchedules } from './books/revenue-schedule.schema';
import { RevenueScheduleService } from './books/revenue-schedule.service';
import { BillRunController } from './runs/bill-run.controller';
import { BillRunRepository } from './runs/bill-run.repository';
import { BillRunAccounts, BillRunBatches, BillRuns } from './runs/bill-run.schema';
import { BillRunService } from './runs/bill-run.service';
import { BilledBeforeService } from './runs/billed-before.service';
import { BillingService } from './runs/billing.service';
import { chargeCollections, chargeControllers, chargeServices } from './charges/charge-parts';
import { ClosingService } from './runs/closing.service';
import { correctionControllers, correctionServices } from './corrections/correction-parts';
import { CreditNotes } from './corrections/credit-note.schema';
import { CopyRepository } from './copies/copy.repository';
import { AccountCopies, TenantProfiles } from './copies/copy.schema';
import { CopyService } from './copies/copy.service';
import { CycleController } from './cycles/cycle.controller';
import { CycleRepository } from './cycles/cycle.repository';
import { Cycles } from './cycles/cycle.schema';
import { CycleService } from './cycles/cycle.service';
import { deviceControllers, deviceServices } from './devices/device-parts';
import { InstalmentPlans } from './devices/instalment-plan.schema';
import { DeliveryService } from './invoices/delivery.service';
import { DraftService } from './runs/draft.service';
import { FinalBillActivities } from './final-bills/final-bill.activities';
import { FinalBillService } from './final-bills/final-bill.service';
import { FinalizationService } from './invoices/finalization.service';
import { InvoiceController } from './invoices/invoice.controller';
import { BillLimitSettings } from './limits/bill-limits.schema';
import { BilledBeforeRepository } from './runs/billed-before.repository';
import { InvoiceRepository } from './invoices/invoice.repository';
import { Invoices } from './invoices/invoice.schema';
import { InvoicingActivities } from './invoicing.activities';
import { LateUsageSettings } from './late-usage/late-usage.schema';
import { billingRuleControllers, billingRuleServices } from './billing-rule-parts';
import { LedgerActivities } from './ledger/ledger.activities';
import { LedgerController } from './ledger/ledger.controller';
import { LedgerService } from './ledger/ledger.service';
import { NumberRangeRepository } from './invoices/number-range.repository';
import { InvoiceSeries, NumberRanges } from './invoices/number-range.schema';
import { OpeningService } from './runs/opening.service';
import { PaymentRepository } from './ledger/payment.repository';
import { AllocationController } from './ledger/allocation.controller';
import { AllocationRepository } from './ledger/allocation.repository';
import { Allocations } from './ledger/allocation.schema';
import { AllocationService } from './ledger/allocation.service';
import { CollectionEntryService } from './ledger/collection-entry.service';
import { EntryController } from './ledger/entry.controller';
import { EntryService } from './ledger/entry.service';
import { LedgerSettingsController } from './ledger/ledger-settings.controller';
import { LedgerSettingsRepository } from './ledger/ledger-settings.repository';
import { LedgerSettings } from './ledger/ledger-settings.schema';
import { AppliedPayments } from './ledger/payment.schema';
import { ReceivableService } from './ledger/receivable.service';
import { BalanceNews } from './ledger/balance-news.service';
import { CustomerBalanceRepository } from './ledger/customer-balance.repository';
import { DepositService } from './ledger/deposit.service';
import { RefundPromiseService } from './ledger/refund-promise.service';
import { RefundService } from './ledger/refund.service';
import { ReversalService } from './ledger/reversal.service';
import { UnusedTakenBack } from './ledger/unused-taken-back.service';
import { SuspenseService } from './ledger/suspense.service';
import { SaleTaxService } from './ledger/sale-tax.service';
import { PaymentService } from './ledger/payment.service';
import { PostingRepository } from './ledger/posting.repository';
import { CustomerBalances, Postings } from './ledger/posting.schema';
import { previewControllers, previewServices } from './previews/preview-parts';
import { RunSteeringController } from './runs/run-steering.controller';
import { SellerController } from './sellers/seller.controller';
import { SellerRepository } from './sellers/seller.repository';
import { Sellers } from './sellers/seller.schema';
import { SnapshotService } from './runs/snapshot.service';
import { SteeringService } from './runs/steering.service';
import { TaxPlaceController } from './taxes/tax-place.controller';
import { ZipTableController } from './taxes/zip-table.controller';
import { ZipTableService } from './taxes/zip-table.service';
import { TaxPlaceRepository } from './taxes/tax-place.repository';
import { TaxPlaces, ZipRanges, ZipTables } from './taxes/tax-place.schema';
import { TaxPlaceService } from './taxes/tax-place.service';
import { TaxSettingsController } from './taxes/tax-settings.controller';
import { TaxSettingsRepository } from './taxes/tax-settings.repository';
import { TaxSettingsRows } from './taxes/tax-settings.schema';
import { TaxTableService } from './taxes/tax-table.service';
import { TaxRateController } from './taxes/tax-rate.controller';
import { TaxRateRepository } from './taxes/tax-rate.repository';
import { TaxRates } from './taxes/tax-rate.schema';

const collections = [
  BillLimitSettings,
  LateUsageSettings,
  Cycles,
  BillRuns,
  BillRunBatches,
  BillRunAccounts,
  Invoices,
  InvoiceSeries,
  NumberRanges,
  Postings,
  CustomerBalances,
  AppliedPayments,
  Allocations,
  LedgerSettings,
  AccountCopies,
  OfferingCopies,
  PriceOverrideCopies,
  AccountDiscountCopies,
  TenantProfiles,
  TaxRates,
  TaxSettingsRows,
  TaxPlaces,
  ZipTables,
  ZipRanges,
  ...chargeCollections,
  Sellers,
  Books,
  JournalDays,
  RevenueSchedules,
  CreditNotes,
  InstalmentPlans,
];

const repositories = [
  CycleRepository,
  BillRunRepository,
  InvoiceRepository,
  BilledBeforeRepository,
  ...billingRuleServices,
  NumberRangeRepository,
  PostingRepository,
  PaymentRepository,
  AllocationRepository,
  LedgerSettingsRepository,
  CopyRepository,
  TaxRateRepository,
  TaxSettingsRepository,
  TaxPlaceRepository,
  SellerRepository,
  BooksRepository,
  JournalRepository,
  AccountStatementRepository,
  AgeingRepository,
  RevenueScheduleRepository,
];

const services = [
  AllocationService,
  AuditService,
  EntryService,
  CollectionEntryService,
  ReceivableService,
  RefundPromiseService,
  BalanceNews,
  CustomerBalanceRepository,
  DepositService,
  RefundService,
  ReversalService,
  UnusedTakenBack,
  SuspenseService,
  SaleTaxService,
  TaxTableService,
  ZipTableService,
  TaxPlaceService,
  ...chargeServices,
  BillRunService,
  BilledBeforeService,
  BillingService,
  ClosingService,
  CopyService,
  CycleService,
  DeliveryService,
  DraftService,
  FinalBillService,
  FinalizationService,
  LedgerService,
  OpeningService,
  PaymentService,
  ...previewServices,
  SnapshotService,
  SteeringService,
  RevenueScheduleService,
  BooksService,
  JournalService,
  AccountStatementService,
  RecognitionService,
  ...correctionServices,
  ...deviceServices,
];

const AuditLogController = auditLogController('invoicing', {
  roles: ['auditor', 'finance', 'billing'],
  operation: { summary: 'Who changed what in invoicing, newest first' },
});

@Module({
  imports: [ServicePlatform.register({ service: 'invoicing', collections })],
  controllers: [
    CycleController,
    ...billingRuleControllers,
    ...previewControllers,
    BillRunController,
    RunSteeringController,
    InvoiceController,
    ...correctionControllers,
    ...deviceControllers,
    LedgerController,
    EntryController,
    AllocationController,
    LedgerSettingsController,
    TaxRateController,
    TaxSettingsController,
    TaxPlaceController,
    ZipTableController,
    ...chargeControllers,
    SellerController,
    BooksController,
    JournalController,
    AccountStatementController,
    AgeingController,
    RevenueScheduleController,
    AuditLogController,
  ],
  providers: [
    ...repositories,
    ...services,
    InvoicingActivities,
    LedgerActivities,
    BooksActivities,
    FinalBillActivities,
  ],
})
export class InvoicingModule {}
