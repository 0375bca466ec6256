import type { Instant } from '@tollkeeper/calendar';
import type { DeclineCategory } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { MethodKind } from '../methods/payment-method.schema';
import { type AttemptProgress, watchedStates } from '../domain/attempts/attempt-states';
import type { AttemptDebit } from '../domain/debits/plan-debit';

/** One try to move money. Written before the gateway is called, so that no charge can exist without it. */
export interface AttemptRow {
  _id: string;
  /** `<invoiceId>/<reason>/<n>` or `<subscriptionId>/<periodFrom>/<n>`; the gateway's idempotency key and reference. */
  key: string;
  /** `due`, a pay-now request, or a collection's case and level. */
  reason: string;
  purpose: 'invoice' | 'renewal' | 'topUp' | 'deposit';
  accountId: string;
  /** The payment that a success becomes. */
  paymentId: string;
  invoiceId: string | null;
  invoiceNumber: string | null;
  /** Retries of a collection are not told one by one: the ladder speaks. */
  caseId: string | null;
  subscriptionId: string | null;
  offeringId: string | null;
  periodFrom: Instant | null;
  periodTo: Instant | null;
  /** While it may have paid its period: no two attempts pay one. */
  paysPeriod: string | null;
  /** `null`: the account had nothing that could be charged. */
  methodId: string | null;
  token: string | null;
  fingerprint: string | null;
  /** Whose token it is at the gateway; left out: it needs no name for the payer. */
  gatewayCustomerId?: string | null;
  /** Left out: a card. */
  methodKind?: MethodKind;
  /** As shown to people: `visa ending in 4242`. */
  card: string;
  amountMinor: number;
  currency: string;
  gateway: string;
  /** Who asked; left out: not noted. */
  initiator?: 'payer' | 'merchant';
  /** Of the payment by which the payer agreed to later ones; left out: not known. */
  originalNetworkTransactionId?: string | null;
  /** The attempt at another gateway, or of the back-up method, that took its place. */
  followedBy?: string;
  /** Of a bank debit: how it was handed in. Left out: none, or from before this was kept. */
  debit?: AttemptDebit;
  /** Success is not final: a debit that came back, and when. */
  returned?: { code: string; at: Instant; byPayer: boolean };
  /** The card's scheme said never again. */
  isFinal?: boolean;
  /** The card's issuer asked to wait until then; left out: it did not. */
  notBefore?: Instant;
  state: AttemptProgress;
  gatewayId: string | null;
  networkTransactionId: string | null;
  declineCode: string | null;
  category: DeclineCategory | null;
  actionUrl: string | null;
  /** It waits for its card holder, and its debt was paid otherwise: it is to be cancelled. Left out: no. */
  cancelsSince?: Instant;
  /** Why the outcome is unknown, or what failed at the gateway. */
  cause: string | null;
  createdAt: Instant;
  decidedAt: Instant | null;
  lookUps: number;
  nextLookUpAt: Instant | null;
  /** Asked about in vain for as long as asking makes sense: a person decides. Left out: no. */
  awaitsDecision?: boolean;
  /** Real time at which the gateway may last have been asked to book it. */
  sentAt: Date;
}

/** An intent that nobody has sent or resent for so long was abandoned: the gateway is asked about it. */
export const abandonedAfter = { hours: 1 };

export const Attempts = defineCollection<AttemptRow>(
  'attempts',
  rowSchema({
    _id: { type: String, required: true },
    key: { type: String, required: true },
    reason: { type: String, required: true },
    purpose: { type: String, required: true, enum: ['invoice', 'renewal', 'topUp', 'deposit'] },
    accountId: { type: String, required: true },
    paymentId: { type: String, required: true },
    invoiceId: String,
    invoiceNumber: String,
    caseId: String,
    subscriptionId: String,
    offeringId: String,
    periodFrom: String,
    periodTo: String,
    paysPeriod: String,
    methodId: String,
    token: String,
    fingerprint: String,
    gatewayCustomerId: String,
    methodKind: String,
    card: { type: String, required: true },
    amountMinor: { type: BigInt, required: true },
    currency: { type: String, required: true },
    gateway: { type: String, required: true },
    initiator: String,
    originalNetworkTransactionId: String,
    followedBy: String,
    debit: Object,
    returned: Object,
    isFinal: Boolean,
    notBefore: String,
    state: { type: String, required: true },
    gatewayId: String,
    networkTransactionId: String,
    declineCode: String,
    category: String,
    actionUrl: String,
    cancelsSince: String,
    cause: String,
    createdAt: { type: String, required: true },
    decidedAt: String,
    lookUps: { type: BigInt, required: true },
    nextLookUpAt: String,
    awaitsDecision: Boolean,
    sentAt: { type: Date, required: true },
  }),
  [
    { keys: { key: 1 }, unique: true },
    // Few at any time, and one index for all that has to be looked at: an index costs at each change of a row.
    { keys: { state: 1, nextLookUpAt: 1, _id: 1 }, partial: { state: { $in: [...watchedStates] } } },
    // Asked of each case's account, whenever invoices are paid, and of each dispute whose charge we do not know.
    {
      keys: { accountId: 1, gateway: 1, gatewayId: 1 },
      partial: { state: { $in: [...watchedStates] } },
    },
    { keys: { accountId: 1, createdAt: -1, _id: -1 } },
    // A payer of many subscriptions has thousands, of one request a few.
    { keys: { accountId: 1, reason: 1 } },
    { keys: { createdAt: -1, _id: -1 } },
    { keys: { fingerprint: 1, createdAt: 1 }, partial: { state: 'declined' } },
    { keys: { paysPeriod: 1 }, unique: true, partial: { paysPeriod: { $type: 'string' } } },
    { keys: { subscriptionId: 1, periodFrom: 1 }, partial: { subscriptionId: { $type: 'string' } } },
  ],
);
