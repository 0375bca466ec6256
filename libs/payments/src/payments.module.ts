import { Module } from '@nestjs/common';
import { auditLogController, ServicePlatform } from '@tollkeeper/platform';
import { AccountFlags } from './payers/account-flags.service';
import { AttemptRepository } from './attempts/attempt.repository';
import { Attempts } from './attempts/attempt.schema';
import { AttemptSuccession } from './attempts/attempt-succession.service';
import { AttemptService } from './attempts/attempt.service';
import { ChargingService } from './attempts/charging.service';
import { CollectionController } from './dunning/collection.controller';
import { CollectionRepository } from './dunning/collection.repository';
import { Collections } from './dunning/collection.schema';
import { CollectionService } from './dunning/collection.service';
import { DebitAgain } from './debits/debit-again.service';
import { DebitPlanRepository } from './debits/debit-plan.repository';
import { DebitPlanning } from './debits/debit-planning.service';
import { DebitSettingsController } from './debits/debit-settings.controller';
import { DebitSettingsRows } from './debits/debit-settings.schema';
import { DebitSettings } from './debits/debit-settings.service';
import { DepositActivities } from './deposits/deposit.activities';
import { DepositCharging } from './deposits/deposit-charging.service';
import { AgencyDebts } from './dunning/hand-overs/agency-debts.service';
import { AgreementController } from './dunning/agreement.controller';
import { CaseAgreements } from './dunning/case-agreements.service';
import { CaseLimits } from './dunning/case-limits.service';
import { CaseAttempts } from './dunning/case-attempts.repository';
import { CaseFees } from './dunning/case-fees.service';
import { CaseNotices } from './dunning/case-notices.service';
import { CaseStateService } from './dunning/case-state.service';
import { CollectionActivities } from './dunning/collection.activities';
import { HandOverController } from './dunning/hand-overs/hand-over.controller';
import { HandOverRepository } from './dunning/hand-overs/hand-over.repository';
import { HandOverFiles } from './dunning/hand-overs/hand-over.schema';
import { HandOverService } from './dunning/hand-overs/hand-over.service';
import { InstalmentCharging } from './dunning/instalment-charging.service';
import { LadderPreviewController } from './dunning/policies/ladder-preview.controller';
import { RetryRulesController } from './dunning/policies/retry-rules.controller';
import { LadderPreview } from './dunning/policies/ladder-preview.service';
import { PolicyChoice } from './dunning/policies/policy-choice.service';
import { DunningPolicyController } from './dunning/policies/dunning-policy.controller';
import { DunningPolicyRepository } from './dunning/policies/dunning-policy.repository';
import { DunningPolicies } from './dunning/policies/dunning-policy.schema';
import { DunningPolicyService } from './dunning/policies/dunning-policy.service';
import { ForgottenCases } from './dunning/forgotten-cases.service';
import { DunningService } from './dunning/dunning.service';
import { AttemptDecision } from './attempts/attempt-decision.service';
import { Gateways } from './gateway/gateways';
import { StripeClients } from './gateway/stripe/stripe-client';
import { LookUpService } from './attempts/look-up.service';
import { OutcomeNews } from './attempts/outcome-news.service';
import { OutcomeService } from './attempts/outcome.service';
import { PayNowController } from './pay-now/pay-now.controller';
import { PayNowService } from './pay-now/pay-now.service';
import { PayRequestRepository } from './pay-now/pay-request.repository';
import { PayRequests } from './pay-now/pay-request.schema';
import { PayableRepository } from './payables/payable.repository';
import { Payables } from './payables/payable.schema';
import { PayableService } from './payables/payable.service';
import { PaymentMethodController } from './methods/payment-method.controller';
import { PaymentMethodRepository } from './methods/payment-method.repository';
import { Payers, PaymentMethods } from './methods/payment-method.schema';
import { MethodNews } from './methods/method-news.service';
import { MethodSetups } from './methods/method-setup.service';
import { PaymentMethodService } from './methods/payment-method.service';
import { SameCards } from './methods/same-cards.service';
import { AutoPayNews } from './payers/auto-pay-news.service';
import { ExpiryReminderController } from './payers/expiry-reminders.controller';
import { ExpiryReminderRepository } from './payers/expiry-reminders.repository';
import { ExpiryReminderRows } from './payers/expiry-reminders.schema';
import { ExpiryReminders } from './payers/expiry-reminders.service';
import { PayerController } from './payers/payer.controller';
import { PayerSettings } from './payers/payer-settings.service';
import { PayerChoice } from './attempts/payer-choice.service';
import { PaymentController } from './received/payment.controller';
import { PaymentRepository } from './received/payment.repository';
import { Payments } from './received/payment.schema';
import { PaymentService } from './received/payment.service';
import { PaymentUndo } from './received/payment-undo.service';
import { ReceivedMoneyBook } from './received/received-money.service';
import { PaymentsActivities } from './payments.activities';
import { ProfileRepository } from './payers/profile.repository';
import { AccountCopies, TenantProfiles } from './payers/profile.schema';
import { ProfileService } from './payers/profile.service';
import { ReceivablesService } from './payables/receivables.service';
import { RenewalChargingService } from './renewals/renewal-charging.service';
import { RefundBook } from './refunds/refund-book.service';
import { RefundSending } from './refunds/refund-sending.service';
import { RefundController } from './refunds/refund.controller';
import { RefundRepository } from './refunds/refund.repository';
import { Refunds } from './refunds/refund.schema';
import { RefundService } from './refunds/refund.service';
import { RefundsActivities } from './refunds/refunds.activities';
import { ReversalController } from './reversals/reversal.controller';
import { ReversalRepository } from './reversals/reversal.repository';
import { Reversals } from './reversals/reversal.schema';
import { ReversalService } from './reversals/reversal.service';
import { UnusedMoney } from './reversals/unused-money.service';
import { GatewayRoutingController } from './routing/gateway-routing.controller';
import { GatewayRoutingRepository } from './routing/gateway-routing.repository';
import { GatewayRoutings } from './routing/gateway-routing.schema';
import { GatewayRoutingService } from './routing/gateway-routing.service';
import { BalanceRenewals } from './renewals/balance-renewals.service';
import { BalanceSettings } from './top-ups/balance-settings.service';
import { BalanceRepository } from './top-ups/balance.repository';
import { BalanceEntries, Balances } from './top-ups/balance.schema';
import { BalanceService } from './top-ups/balance.service';
import { RenewalWakes } from './renewals/renewal-wakes.service';
import { TopUpActivities } from './top-ups/top-up.activities';
import { TopUpController } from './top-ups/top-up.controller';
import { TopUpRepository } from './top-ups/top-up.repository';
import { TopUps } from './top-ups/top-up.schema';
import { TopUpService } from './top-ups/top-up.service';
import { challengeCollections, challengeControllers, challengeProviders } from './challenges/challenge-parts';
import { statementCollections, statementControllers, statementProviders } from './statements/statement-parts';
import { payLinkCollections, payLinkControllers, payLinkProviders } from './pay-links/pay-link-parts';
import { voucherCollections, voucherControllers, voucherProviders } from './vouchers/voucher-parts';
import { WebhookController } from './webhooks/webhook.controller';
import { WebhookEventRepository } from './webhooks/webhook-event.repository';
import { WebhookInbox } from './webhooks/webhook-event.schema';
import { WebhookService } from './webhooks/webhook.service';

const charging = [
  AttemptService,
  AttemptSuccession,
  PayerChoice,
  ChargingService,
  RenewalChargingService,
  LookUpService,
  OutcomeService,
  OutcomeNews,
  BalanceRenewals,
  DepositCharging,
  DepositActivities,
];
const refunding = [RefundBook, RefundService, RefundSending, RefundsActivities, RefundRepository];
const gateways = [StripeClients, Gateways, GatewayRoutingRepository, GatewayRoutingService];
const paying = [
  DebitAgain,
  DebitPlanning,
  DebitPlanRepository,
  DebitSettings,
  PayerSettings,
  ExpiryReminders,
  ExpiryReminderRepository,
  AutoPayNews,
];
const reversing = [...paying, UnusedMoney, ReversalService, ReversalRepository, AttemptDecision];
const toppingUp = [
  ...[BalanceService, BalanceSettings, RenewalWakes, TopUpService, TopUpActivities],
  ...[BalanceRepository, TopUpRepository],
];
const collecting = [
  ...[CollectionService, DunningService, DunningPolicyService, ReceivablesService, ForgottenCases],
  ...[AgencyDebts, CaseStateService, CaseAgreements, CaseAttempts, CaseFees, CaseNotices, InstalmentCharging],
  CaseLimits,
  ...[CollectionActivities, HandOverService, HandOverRepository, LadderPreview, PolicyChoice],
];
const doors = [
  AccountFlags,
  PaymentService,
  PaymentUndo,
  ReceivedMoneyBook,
  PayNowService,
  PaymentMethodService,
  MethodNews,
  MethodSetups,
  SameCards,
  PayableService,
  ProfileService,
  WebhookService,
];
const rows = [
  AttemptRepository,
  CollectionRepository,
  DunningPolicyRepository,
  PayRequestRepository,
  PayableRepository,
  PaymentMethodRepository,
  PaymentRepository,
  ProfileRepository,
  WebhookEventRepository,
];

const AuditLogController = auditLogController('payments', {
  roles: ['auditor', 'billing', 'finance'],
  operation: {
    summary: 'Changes that people made in payments, newest first',
    description: '`entity` is the id of what was changed.',
  },
});

@Module({
  imports: [
    ServicePlatform.register({
      service: 'payments',
      collections: [
        ...[Attempts, Payables, Payments, PaymentMethods, Payers, PayRequests],
        ...[HandOverFiles, Collections, DunningPolicies, AccountCopies, TenantProfiles, WebhookInbox],
        ...statementCollections,
        ...[...payLinkCollections, ...voucherCollections, ...challengeCollections],
        ...[
          DebitSettingsRows,
          ExpiryReminderRows,
          GatewayRoutings,
          Reversals,
          Refunds,
          Balances,
          BalanceEntries,
          TopUps,
        ],
      ],
    }),
  ],
  controllers: [
    PaymentMethodController,
    PaymentController,
    PayNowController,
    TopUpController,
    RefundController,
    ReversalController,
    GatewayRoutingController,
    DebitSettingsController,
    ExpiryReminderController,
    PayerController,
    CollectionController,
    AgreementController,
    HandOverController,
    LadderPreviewController,
    RetryRulesController,
    DunningPolicyController,
    ...statementControllers,
    ...[...payLinkControllers, ...voucherControllers, ...challengeControllers],
    WebhookController,
    AuditLogController,
  ],
  providers: [
    ...[...rows, ...charging, ...collecting, ...doors, ...refunding, ...toppingUp],
    ...gateways,
    ...reversing,
    ...statementProviders,
    ...[...payLinkProviders, ...voucherProviders, ...challengeProviders],
    PaymentsActivities,
  ],
})
export class PaymentsModule {}
