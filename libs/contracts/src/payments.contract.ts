import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { DueRenewal } from './customers.contract';
import type { FactReceiver } from './facts';
import type { ServiceActivities } from './services';

export type AttemptState =
  'pending' | 'succeeded' | 'requiresAction' | 'declined' | 'gatewayFailure' | 'unknown';
export type DeclineCategory = 'soft' | 'hard' | 'actionRequired' | 'fraud';

/** The open amount of an invoice; owned by invoicing, the higher revision wins. */
export interface PayableFact {
  invoiceId: string;
  revision: number;
  accountId: string;
  invoiceNumber: string;
  currency: string;
  totalMinor: number;
  openMinor: number;
  issuedOn: LocalDate;
  dueOn: LocalDate;
  /** Payments that `openMinor` already counts: their reservations end. */
  appliedPaymentIds: string[];
}

export interface DunningAction {
  kind: 'retryPayment' | 'sendMessage' | 'restrict' | 'handOver';
  template?: string;
  state?: 'barOutgoing' | 'suspended';
}

export interface DunningLevel {
  levelId: string;
  /** Days after the oldest due date. */
  daysOverdue: number;
  actions: DunningAction[];
}

/** Enters a collection as data: retry, contact, restrict and give up are one ladder. */
export interface DunningPolicy {
  policyId: string;
  version: number;
  minimumMinor: number;
  levels: DunningLevel[];
  /** Local hour of the account at which steps are taken. */
  stepHour: number;
}

/** What a collection reloads before each step: a signal only says that it is worth looking. */
export interface CollectionFacts {
  openMinor: number;
  currency: string;
  oldestDueOn: LocalDate | null;
  zone: string;
  /** Held until then (or until released, when `until` is null). */
  hold: { reason: string; until: Instant | null } | null;
  promise: { amountMinor: number; until: Instant } | null;
  writtenOff: boolean;
  /** An attempt is on its way or its outcome unknown: no step is taken meanwhile. */
  attemptOpen: boolean;
  restricted: boolean;
}

export interface CollectionStep {
  levelId: string;
  actionNo: number;
}

export interface ChargeBatchResult {
  attempted: number;
  succeeded: number;
  declined: number;
  unknown: number;
  /** More rows are due: call again. */
  more: boolean;
}

export interface PaymentsBulkActivities {
  /** Charges what is due by each account's auto-pay rule: reserve, call the gateway, record. At most `limit` payables. */
  chargeDue(input: {
    tenantId: string;
    on: LocalDate;
    at: Instant;
    limit: number;
  }): Promise<ChargeBatchResult>;
  /** Asks the gateway about attempts of unknown outcome whose next look-up is due; never charges. */
  resolveUnknown(input: {
    tenantId: string;
    at: Instant;
    limit: number;
  }): Promise<{ resolved: number; more: boolean }>;
  /** Opens a collection for every account with overdue debt and none open. */
  openCollections(input: {
    tenantId: string;
    on: LocalDate;
    at: Instant;
    limit: number;
  }): Promise<{ opened: number; more: boolean }>;
  /** Charges everything an account owes, because the payer asked; the same request again charges nothing again. */
  chargeAccount(input: {
    tenantId: string;
    accountId: string;
    requestId: string;
    at: Instant;
  }): Promise<{ state: AttemptState | 'notAllowed' }>;
  /** Charges renewals; the key is the subscription and the period it pays. */
  chargeRenewals(input: {
    tenantId: string;
    at: Instant;
    attempt: number;
    renewals: DueRenewal[];
  }): Promise<{ outcomes: { subscriptionId: string; state: AttemptState; category?: DeclineCategory }[] }>;
}

export interface PaymentsActivities
  extends ServiceActivities, FactReceiver<'tenantChanged' | 'accountChanged' | 'payableChanged'> {
  /** Today's date in the tenant's zone, and the next instant receivables has to wake. */
  nextReceivablesWake(input: { tenantId: string; at: Instant }): Promise<{ on: LocalDate; wakeAt: Instant }>;
  loadCollection(input: { tenantId: string; caseId: string; at: Instant }): Promise<CollectionFacts>;
  /** When a level is due for this account: its local step hour, `daysOverdue` after the oldest due date. */
  scheduleSteps(input: {
    tenantId: string;
    caseId: string;
    policy: DunningPolicy;
    oldestDueOn: LocalDate;
  }): Promise<{ steps: { levelId: string; at: Instant }[] }>;
  retryCollection(input: {
    tenantId: string;
    caseId: string;
    levelId: string;
    at: Instant;
  }): Promise<{ state: AttemptState | 'notAllowed' }>;
  /** Asks notifications to contact the payer (through the outbox); key = case and level. */
  requestDunningMessage(input: {
    tenantId: string;
    caseId: string;
    levelId: string;
    template: string;
    at: Instant;
  }): Promise<void>;
  recordStep(input: {
    tenantId: string;
    caseId: string;
    levelId: string;
    what: string;
    at: Instant;
    restricted?: boolean;
  }): Promise<void>;
  closeCollection(input: {
    tenantId: string;
    caseId: string;
    outcome: CollectionOutcome;
    at: Instant;
  }): Promise<void>;
}

export type CollectionOutcome = 'cured' | 'writtenOff' | 'handedOver' | 'stopped';
