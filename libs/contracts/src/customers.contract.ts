import type { Cycle, Instant } from '@tollkeeper/calendar';
import type { AccountFlag, CreditTerms, SubscriptionSlice, TaxCertificate } from './account-terms';
import type { PublicationReceiver } from './catalog.contract';
import type { FactReceiver } from './facts';
import type { RestrictionSpan } from './restrictions';
import type { ServiceActivities } from './services';

export type ProductStatus =
  'created' | 'pendingActive' | 'active' | 'suspended' | 'pendingTerminate' | 'terminated';

/** What the network lets the SIM do; emergency numbers and the payment line stay open in every state. */
export type NetworkState =
  'active' | 'throttled' | 'barRoamingData' | 'barData' | 'barOutgoing' | 'barAll' | 'suspended';

export type IdentifierKind = 'msisdn' | 'imsi' | 'iccid';

/** Effective-dated, half-open: usage belongs to the assignment that is valid at the event's start. */
export interface IdentifierAssignment {
  kind: IdentifierKind;
  value: string;
  from: Instant;
  to: Instant | null;
}

export interface PlanAssignment {
  offeringId: string;
  from: Instant;
  to: Instant | null;
}

/** The period of a plan paid in advance that is paid for; usage outside it has no allowance. */
export interface PaidPeriod {
  from: Instant;
  to: Instant;
}

export interface SubscriptionProfile {
  subscriptionId: string;
  status: ProductStatus;
  activeFrom: Instant;
  activeTo: Instant | null;
  plans: PlanAssignment[];
  /** Offerings on top of the plan: their recurring charges are billed, their allowances can be used. */
  addOns?: PlanAssignment[];
  identifiers: IdentifierAssignment[];
  /** Shares its allowances with the pool's other members. */
  poolId: string | null;
  paidPeriods: PaidPeriod[];
  /** Only where somebody else than the holder pays or paid: then `subscriptionId` is the slice's. */
  slice?: SubscriptionSlice;
  /** When it was paused, suspended or barred, in order. Left out: never. */
  restrictions?: RestrictionSpan[];
  /** A consumer withdrew from the contract: Directive 2011/83/EU, Articles 9 to 16. Left out: it ends as agreed. */
  withdrawn?: true;
}

export interface PostalAddress {
  lines: string[];
  city: string;
  region: string;
  postalCode: string;
  country: string;
}

/**
 * An account as other services know it, with what it pays for: its own subscriptions and those of accounts whose
 * payer it is, each for the time in which it pays. Owned by customers, the higher revision wins.
 */
export interface AccountProfile {
  accountId: string;
  revision: number;
  /** The party whose account it is. Left out: told before parties were told. */
  customerId?: string;
  /** A person or an organisation. Left out: told before it was told. */
  customerKind?: 'person' | 'organisation';
  /** The operator's own word for whom offers are made. */
  segment?: string;
  customerName: string;
  email: string;
  language: string;
  address: PostalAddress;
  zone: string;
  currency: string;
  /** `null` for accounts whose plans are all paid in advance: no cycle, no invoice debt. */
  cycleId: string | null;
  /** The cycle's definition: rating cuts usage periods by it. */
  cycle: Cycle | null;
  termsDays: number;
  /** Absent: none. */
  taxCertificates?: TaxCertificate[];
  creditTerms?: CreditTerms;
  flags?: AccountFlag[];
  subscriptions: SubscriptionProfile[];
}

export interface RestrictAccountInput {
  tenantId: string;
  accountId: string;
  state: Extract<NetworkState, 'throttled' | 'barOutgoing' | 'suspended' | 'active'>;
  /** `<caseId>/<step>`: the same key again is the same restriction. */
  key: string;
  reason: string;
  at: Instant;
}

export interface DueRenewal {
  subscriptionId: string;
  accountId: string;
  offeringId: string;
  amountMinor: number;
  currency: string;
  /** The period that the charge pays for. */
  from: Instant;
  to: Instant;
}

export interface CustomersActivities
  extends
    ServiceActivities,
    FactReceiver<
      'tenantChanged' | 'cycleChanged' | 'payableChanged' | 'offeringSalesChanged' | 'versionWithdrawn'
    >,
    PublicationReceiver {
  /** Bars, suspends or restores every live subscription of an account, in the network and here. */
  restrictAccount(input: RestrictAccountInput): Promise<{ subscriptions: number }>;
  /** Orders the end of every live subscription of an account; the same key again orders nothing. */
  terminateAccount(input: {
    tenantId: string;
    accountId: string;
    key: string;
    reason: string;
    at: Instant;
  }): Promise<{ subscriptions: number }>;
  /** Plans paid in advance whose paid period ends before `before` and that no one is renewing yet. */
  listDueRenewals(input: {
    tenantId: string;
    before: Instant;
    after: string | null;
    limit: number;
  }): Promise<{ due: DueRenewal[]; next: string | null }>;
  /** The next instant at which a renewal falls due; `null` when there is none. */
  nextRenewalAt(input: { tenantId: string; leadHours: number }): Promise<{ at: Instant | null }>;
  extendPaidPeriods(input: {
    tenantId: string;
    at: Instant;
    /** `from` and `to` as they fell due; paid later than `from` (`paidAt`, else `at`), the period moves to when it was paid. */
    items: {
      subscriptionId: string;
      from: Instant;
      to: Instant;
      key: string;
      /** The plan that was paid for: it begins with the period. */
      offeringId?: string;
      paidAt?: Instant;
    }[];
  }): Promise<void>;
  markRenewalFailing(input: {
    tenantId: string;
    at: Instant;
    items: { subscriptionId: string; from: Instant; key: string }[];
  }): Promise<void>;
  lapseSubscription(input: {
    tenantId: string;
    subscriptionId: string;
    key: string;
    at: Instant;
  }): Promise<void>;
}
