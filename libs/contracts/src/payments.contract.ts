import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { DueRenewal } from './customers.contract';
import type { CollectionFacts, CollectionOutcome, DunningPolicy } from './dunning.contract';
import type { FactReceiver } from './facts';
import type { Channel } from './notifications.contract';
import type { ServiceActivities } from './services';

/** `cancelled`: its card holder had not confirmed it when the debt was paid otherwise; nothing was taken. */
export type AttemptState =
  'pending' | 'succeeded' | 'requiresAction' | 'declined' | 'cancelled' | 'gatewayFailure' | 'unknown';
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
  /** Given up as a debt: nothing is open and nothing is paid. */
  writtenOffAt: Instant | null;
  /** Payments that `openMinor` already counts: their reservations end. */
  appliedPaymentIds: string[];
}

export interface ReceivablesRound {
  resolved: number;
  attempted: number;
  succeeded: number;
  declined: number;
  unknown: number;
  opened: number;
  /** Rows are left: call again at once. */
  more: boolean;
  /** When there is next something to do. */
  wakeAt: Instant;
}

export interface PaymentsBulkActivities {
  /**
   * One round of a tenant's receivables, at most `limit` rows of each kind: asks about unknown outcomes whose
   * look-up is due (never charges), charges what is due by each account's auto-pay rule (reserve, call, record),
   * and, once nothing is left to charge, opens a collection for every account with overdue debt and none open.
   */
  workReceivables(input: { tenantId: string; at: Instant; limit: number }): Promise<ReceivablesRound>;
  /** Charges everything an account owes, because the payer asked; the same request again charges nothing again. */
  chargeAccount(input: {
    tenantId: string;
    accountId: string;
    requestId: string;
    at: Instant;
  }): Promise<{ state: AttemptState | 'notAllowed' }>;
  /**
   * Pays renewals from the top-up balance or the card, by each account's rule. A period of a subscription is paid for
   * once, whoever asks. `requestId`: asked for by hand. `onlyReport`: nothing is charged, only told what came of it.
   */
  chargeRenewals(input: {
    tenantId: string;
    at: Instant;
    attempt: number;
    renewals: DueRenewal[];
    requestId?: string;
    /** Ordered by a person, so `autoPayOff` does not stop it. */
    ordered?: boolean;
    onlyReport?: boolean;
  }): Promise<{
    outcomes: {
      subscriptionId: string;
      state: AttemptState;
      category?: DeclineCategory;
      /** When the money was taken; set with `succeeded`. */
      paidAt?: Instant;
      /** What the money paid for, which may have been asked for before the plan or its price changed; set with `succeeded`. */
      paid?: { offeringId: string; to: Instant };
    }[];
  }>;
}

export interface PaymentsActivities
  extends
    ServiceActivities,
    FactReceiver<'tenantChanged' | 'accountChanged' | 'payableChanged' | 'periodUnused'> {
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
    channel?: Channel;
    notice?: boolean;
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
