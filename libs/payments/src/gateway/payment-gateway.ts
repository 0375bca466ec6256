import type { Instant } from '@tollkeeper/calendar';
import type { DeclineCategory } from '@tollkeeper/contracts';
import type { AttemptDebit } from '../domain/debits/plan-debit';

export interface ChargeRequest {
  tenantId: string;
  at: Instant;
  /** Idempotency key and reference in one: the gateway books it at most once and finds it again by it. */
  key: string;
  amountMinor: number;
  currency: string;
  token: string;
  /** The gateway's own name for the payer, where it needs one beside the token. */
  customerId?: string | null;
  /** Who asks for the money: a payer who is there can answer a challenge. Left out: the merchant. */
  initiator?: 'customer' | 'merchant';
  /** Where a payer comes back to after a challenge; left out: as the settings say. */
  returnUrl?: string;
  /** The scheme's id of the payment by which the payer agreed to later ones. */
  originalNetworkTransactionId?: string | null;
  /** Of a bank debit: when it is to be collected, and by which authorisation. */
  debit?: AttemptDebit;
}

/** What a charge came to, as far as the gateway's answer, or its silence, tells. */
export type ChargeOutcome =
  | {
      state: 'succeeded';
      gatewayId: string;
      networkTransactionId: string | null;
      /** What was taken, in minor units of ISO 4217; left out: the gateway does not say. */
      booked?: { amountMinor: number; currency: string };
    }
  | { state: 'pending'; gatewayId: string }
  /** `gatewayId`: what is waiting there to be confirmed; left out: the gateway finds it by our key. */
  | { state: 'requiresAction'; actionUrl: string; gatewayId?: string }
  | {
      state: 'declined';
      declineCode: string;
      category: DeclineCategory;
      /** The card's scheme said never again; left out: it did not. */
      isFinal?: boolean;
      /** Hours that the card's issuer asks to wait; left out: it does not. */
      waitHours?: number;
    }
  /** We withdrew it before its card holder confirmed. */
  | { state: 'cancelled' }
  /** Certainly not charged, through no fault of the payer. */
  | { state: 'gatewayFailure'; cause: string }
  /** May have been charged: to be asked for, never to be charged again. */
  | { state: 'unknown'; cause: string };

/** A challenge that its card holder shall not confirm any more. */
export interface CancelRequest {
  tenantId: string;
  at: Instant;
  key: string;
  /** As `requiresAction` told it. */
  gatewayId: string | null;
}

/** What came of it: the card holder may have been quicker. */
export type CancelOutcome =
  | { state: 'cancelled' }
  | Extract<ChargeOutcome, { state: 'succeeded' | 'pending' | 'declined' }>
  /** It cannot be cancelled there, now or ever: what the holder does is heard by webhook. */
  | { state: 'notSupported' }
  | { state: 'unavailable'; cause: string };

export type Finding =
  | Extract<ChargeOutcome, { state: 'succeeded' | 'pending' | 'declined' | 'cancelled' }>
  | { state: 'notFound' }
  | { state: 'unavailable'; cause: string };

export interface BookedCharge {
  gatewayId: string;
  key: string;
  status: 'succeeded' | 'pending' | 'failed';
  amountMinor: number;
  currency: string;
}

/** What the gateway says that a token is. */
export type InstrumentKind = 'card' | 'wallet' | 'applePay' | 'googlePay' | 'sepaDebit' | 'achDebit';

export interface CardDetails {
  brand: string;
  last4: string;
  /** `YYYY-MM` */
  expiry: string;
  /** The same card has the same fingerprint, whatever its token; in a wallet it is that of the device's number. */
  fingerprint: string;
  /** Left out: the gateway does not tell. */
  kind?: InstrumentKind;
  /** The gateway's own name for the payer whose token it is; left out: it needs none. */
  customerId?: string;
}

/** A payer's authorisation as the gateway keeps it. */
export interface GatewayMandate {
  gatewayMandateId: string;
  /** What the payer was shown; `null`: the scheme has none. */
  reference: string | null;
  status: 'active' | 'pending' | 'inactive';
  acceptedAt: Instant | null;
}

export interface SetupRequest {
  tenantId: string;
  accountId: string;
  kind: 'card' | 'sepaDebit' | 'achDebit';
  /** Of a method that the account has there already. */
  customerId: string | null;
}

/** What came of a setup: the payer agreed in the gateway's own fields, or has not yet. */
export interface FinishedSetup {
  accountId: string;
  /** `null`: not finished. */
  token: string | null;
  mandate: GatewayMandate | null;
}

export interface RefundRequest {
  tenantId: string;
  at: Instant;
  key: string;
  gatewayId: string;
  amountMinor: number;
  currency: string;
  reason: string;
}

export type RefundOutcome =
  | { state: 'succeeded'; gatewayId: string }
  /** For good: this charge cannot be given back so. */
  | { state: 'refused'; cause: string }
  /** Certainly not paid: to be sent again later. */
  | { state: 'unavailable'; cause: string }
  /** May have been paid: to be asked for under its key. */
  | { state: 'unknown'; cause: string };

export type RefundFinding =
  Extract<RefundOutcome, { state: 'succeeded' | 'unavailable' }> | { state: 'notFound' };

/** What a gateway tells unasked, in our words. */
export type GatewayEvent =
  | { kind: 'charge'; key: string; finding: Exclude<Finding, { state: 'notFound' | 'unavailable' }> }
  | { kind: 'refund'; key: string; gatewayId: string; state: 'succeeded' | 'failed' }
  | {
      kind: 'dispute';
      disputeId: string;
      /** The charge that is disputed. */
      gatewayId: string;
      amountMinor: number;
      currency: string;
      reason: string;
      state: 'opened' | 'won' | 'lost';
      fundsWithdrawn: boolean;
      respondBy: Instant | null;
    }
  /** A debit that came back: by the debtor's bank, or by the debtor within the time to ask for a refund. */
  | {
      kind: 'returned';
      returnId: string;
      gatewayId: string;
      amountMinor: number;
      /** ISO 20022 or Nacha return code. */
      reason: string;
      byPayer: boolean;
    }
  /** The money of a charge has reached us. */
  | { kind: 'settled'; gatewayId: string }
  /** Its issuer replaced a card: another expiry, number or, where the gateway gives one, token. */
  | { kind: 'methodUpdated'; token: string; newToken?: string; card: CardDetails }
  /** A mandate by which a token was debited holds no more. */
  | { kind: 'mandateEnded'; token: string; gatewayMandateId: string; reference: string | null }
  | { kind: 'ignored'; type: string };

/** The edge to whoever moves the money. `charge`, `cancel`, `lookUp` and `refund` never throw: each failure is an outcome. */
export interface PaymentGateway {
  /** Names the clearing account of the ledger too. */
  readonly name: string;
  /** Real time after which a charge that the gateway's books do not show will never be booked. */
  readonly booksWithinMs: number;
  /** Real time for which it knows a key again; after that the same request would be booked a second time. */
  readonly keyHoldsMs: number;
  /** Debits are made by mandates that it keeps itself. */
  readonly keepsMandates: boolean;
  charge(request: ChargeRequest): Promise<ChargeOutcome>;
  /** Ends what waits for its card holder; a repeat answers as the first did. */
  cancel(request: CancelRequest): Promise<CancelOutcome>;
  lookUp(tenantId: string, key: string): Promise<Finding>;
  refund(request: RefundRequest): Promise<RefundOutcome>;
  /** What became of a refund; `notFound` only once the gateway would have booked it. */
  lookUpRefund(tenantId: string, chargeId: string, key: string): Promise<RefundFinding>;
  /** The gateway's own books, page by page, for the audit. */
  listCharges(
    tenantId: string,
    startingAfter?: string,
  ): Promise<{ charges: BookedCharge[]; hasMore: boolean }>;
  /** Null for a token that the gateway does not know. */
  describeToken(tenantId: string, token: string): Promise<CardDetails | null>;
  /** For the gateway's own fields, in which a payer agrees to be charged later; null: they need no setup. */
  beginSetup(request: SetupRequest): Promise<{ setupId: string; clientSecret: string } | null>;
  /** Null for a setup that the gateway does not know. */
  finishedSetup(tenantId: string, setupId: string): Promise<FinishedSetup | null>;
  /** Simulators keep no clock: when they have something to do next, and the order to do it. */
  nextDueAt(tenantId: string): Promise<Instant | null>;
  runDue(tenantId: string, at: Instant): Promise<void>;
}
