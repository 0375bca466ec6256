import type { Instant, LocalDate } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { AchAuthorisation } from '../domain/debits/ach-debit';
import type { SepaMandate } from '../domain/debits/sepa-debit';
import type { LastDecline } from '../domain/retries/retry-rules';

export const methodKinds = [
  'card',
  'wallet',
  'applePay',
  'googlePay',
  'sepaDebit',
  'achDebit',
  'bankTransfer',
  'cash',
  'voucher',
] as const;
export type MethodKind = (typeof methodKinds)[number];

/** A card as the gateway knows it: never a number, only its token. */
export interface PaymentMethodRow {
  _id: string;
  accountId: string;
  /** Left out: a card. */
  kind?: MethodKind;
  /** Of a SEPA debit: the debtor's authorisation. */
  mandate?: SepaMandate;
  /** Of an ACH debit: what the payer agreed to hear of; left out: no range, never charged. */
  authorisation?: AchAuthorisation;
  /** Of an ACH debit: since when the payer's authorisation holds no more; left out: it holds. */
  authorisationEndedOn?: LocalDate | null;
  /** Of a debit: the mandate as the gateway keeps it; left out: it keeps none. */
  gatewayMandateId?: string;
  /** Whose token it is at the gateway; left out: it needs no name for the payer. */
  gatewayCustomerId?: string | null;
  gateway: string;
  token: string;
  /** The same instrument at other gateways, for fail-over; left out: none. */
  alsoAt?: { gateway: string; token: string; gatewayCustomerId?: string | null }[];
  /** Of the payment by which the payer agreed to later ones; left out: not known. */
  networkTransactionId?: string | null;
  /** The expiry that the payer was reminded of; left out: none. */
  remindedExpiry?: string | null;
  brand: string;
  last4: string;
  expiry: string;
  fingerprint: string;
  /** Of a wallet: the fingerprint of the card behind it, under which its tries are kept; left out: its own. */
  countsAs?: string;
  /** Other fingerprints of the same card, in wallets and behind them; left out: none is known. */
  countsWith?: string[];
  /** How the last charge of it was refused; a success clears it. */
  lastDecline: (LastDecline & { at: Instant }) | null;
  createdAt: Instant;
  removedAt: Instant | null;
}

export const PaymentMethods = defineCollection<PaymentMethodRow>(
  'paymentMethods',
  rowSchema({
    _id: { type: String, required: true },
    accountId: { type: String, required: true },
    kind: String,
    alsoAt: [Object],
    mandate: Object,
    authorisation: Object,
    networkTransactionId: String,
    remindedExpiry: String,
    gateway: { type: String, required: true },
    token: { type: String, required: true },
    brand: { type: String, required: true },
    last4: { type: String, required: true },
    expiry: { type: String, required: true },
    fingerprint: { type: String, required: true },
    countsAs: String,
    countsWith: [String],
    authorisationEndedOn: String,
    gatewayMandateId: String,
    gatewayCustomerId: String,
    lastDecline: Object,
    createdAt: { type: String, required: true },
    removedAt: String,
  }),
  [
    { keys: { accountId: 1, _id: 1 } },
    { keys: { accountId: 1, gateway: 1, token: 1 }, unique: true },
    { keys: { fingerprint: 1 } },
    { keys: { gateway: 1, token: 1 } },
    { keys: { expiry: 1, _id: 1 } },
    { keys: { kind: 1 }, partial: { kind: { $type: 'string' } } },
  ],
);

/** From the top-up balance, by card, or by card when the balance does not cover the price. */
export const renewalSources = ['balanceFirst', 'balanceOnly', 'cardOnly'] as const;
export type RenewalSource = (typeof renewalSources)[number];

/** How an account wants to pay. */
export interface PayerRow {
  /** The account's id. */
  _id: string;
  defaultMethodId: string | null;
  autoPay: boolean;
  /** Charged when the default method can't be; left out: none. */
  backupMethodId?: string | null;
  /** So many days before the due date auto-pay charges; left out: on the due date. */
  autoPayDaysBefore?: number;
  /** Day of the month on which auto-pay charges, never after the due date; left out: none. */
  autoPayDay?: number | null;
  /** The payer is told so many days before auto-pay charges; left out: not told. */
  autoPayNoticeDays?: number;
  /** Auto-pay leaves invoices above it to the payer; left out: no cap. */
  autoPayCapMinor?: number | null;
  /** What pays renewals of plans paid in advance; left out: `balanceFirst`. */
  renewalSource?: RenewalSource;
}

export const Payers = defineCollection<PayerRow>(
  'payers',
  rowSchema({
    _id: { type: String, required: true },
    defaultMethodId: String,
    autoPay: { type: Boolean, required: true },
    backupMethodId: String,
    autoPayDaysBefore: BigInt,
    autoPayCapMinor: BigInt,
    autoPayDay: BigInt,
    autoPayNoticeDays: BigInt,
    renewalSource: String,
  }),
  [
    { keys: { autoPayDaysBefore: 1 }, partial: { autoPayDaysBefore: { $gt: 0 } } },
    { keys: { autoPayDay: 1 }, partial: { autoPayDay: { $gt: 0 } } },
    { keys: { autoPayNoticeDays: 1 }, partial: { autoPayNoticeDays: { $gt: 0 } } },
  ],
);
