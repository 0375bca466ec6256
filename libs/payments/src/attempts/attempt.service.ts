import { Injectable } from '@nestjs/common';
import { addDuration, type Instant, localDateOf } from '@tollkeeper/calendar';
import { renewalKey } from '@tollkeeper/contracts';
import { newId, ServiceDatabase, stopIfCancelled } from '@tollkeeper/platform';
import { abandonedAfter, type AttemptRow } from './attempt.schema';
import { AttemptSuccession } from './attempt-succession.service';
import { isDebit, soonestDebit } from '../domain/debits/plan-debit';
import { callAndRecord } from '../domain/attempts/bounded-calls';
import { Gateways } from '../gateway/gateways';
import type { ChargeOutcome } from '../gateway/payment-gateway';
import { realMsSince, realNow } from '../gateway/real-time';
import { countedAs } from '../domain/retries/same-card';
import { AttemptsMovedOn, OutcomeService } from './outcome.service';
import { topUpGateway } from '../received/payment.schema';
import { type PaymentMethodRow } from '../methods/payment-method.schema';

/** Of one caller, over all gateways. */
const callsAtOnce = 32;
/** Outcomes that one transaction records. */
const groupSize = 100;
/** Gateways and the back-up method of one charge. */
const mostTries = 5;

type Wanted = Pick<AttemptRow, 'key' | 'reason' | 'purpose' | 'accountId' | 'amountMinor' | 'currency'> &
  Partial<
    Pick<
      AttemptRow,
      | 'initiator'
      | 'invoiceId'
      | 'invoiceNumber'
      | 'caseId'
      | 'subscriptionId'
      | 'offeringId'
      | 'periodFrom'
      | 'periodTo'
    >
  >;

interface Answered {
  intent: AttemptRow;
  outcome: ChargeOutcome;
}

interface Recorded {
  rows: AttemptRow[];
  /** By the attempt that they follow. */
  begun: Map<string, AttemptRow>;
}

@Injectable()
export class AttemptService {
  constructor(
    private readonly outcomes: OutcomeService,
    private readonly gateways: Gateways,
    private readonly database: ServiceDatabase,
    private readonly succession: AttemptSuccession,
  ) {}

  /** The intent, to be stored before it is sent. Without a method it will be declined here. */
  intent(
    wanted: Wanted,
    method: PaymentMethodRow | null,
    at: Instant,
    gateway: string = this.gateways.standard,
  ): AttemptRow {
    const { subscriptionId = null, periodFrom = null } = wanted;
    // Written out at once: spread together from parts it takes several times as long, by the ten thousand.
    const intent: AttemptRow = {
      _id: newId('att'),
      paymentId: newId('pay'),
      key: wanted.key,
      reason: wanted.reason,
      purpose: wanted.purpose,
      accountId: wanted.accountId,
      amountMinor: wanted.amountMinor,
      currency: wanted.currency,
      invoiceId: wanted.invoiceId ?? null,
      invoiceNumber: wanted.invoiceNumber ?? null,
      caseId: wanted.caseId ?? null,
      subscriptionId,
      offeringId: wanted.offeringId ?? null,
      periodFrom,
      periodTo: wanted.periodTo ?? null,
      paysPeriod:
        subscriptionId === null || periodFrom === null ? null : renewalKey(subscriptionId, periodFrom),
      methodId: method?._id ?? null,
      token: method?.token ?? null,
      fingerprint: method ? countedAs(method) : null,
      card: method ? `${method.brand} ending in ${method.last4}` : '',
      gateway: method?.gateway ?? gateway,
      initiator: wanted.initiator ?? 'merchant',
      originalNetworkTransactionId: method?.networkTransactionId ?? null,
      state: 'created',
      gatewayId: null,
      networkTransactionId: null,
      declineCode: null,
      category: null,
      actionUrl: null,
      cause: null,
      createdAt: at,
      decidedAt: null,
      lookUps: 0,
      nextLookUpAt: addDuration(at, abandonedAfter),
      sentAt: realNow(),
    };
    if (method?.gatewayCustomerId) intent.gatewayCustomerId = method.gatewayCustomerId;
    if (method?.kind) intent.methodKind = method.kind;
    if (method && isDebit(method)) intent.debit = soonestDebit(method, localDateOf(at, 'UTC'));
    return intent;
  }

  /**
   * Sends stored intents and records what became of them, a group at a time. A repeat after a crash sends the same
   * keys again: the gateway replays what it has booked and books the rest. What certainly took nothing may be followed
   * by a try at another gateway or of the back-up method: the answer is the last try of each. Intents may still be
   * stored while those before them are sent.
   */
  async send(
    tenantId: string,
    at: Instant,
    intents: readonly AttemptRow[] | AsyncIterable<AttemptRow>,
    onRecorded: (rows: readonly AttemptRow[]) => void = () => undefined,
  ): Promise<AttemptRow[]> {
    let { last, followers } = await this.sendOnce(tenantId, at, intents, onRecorded);
    for (let tries = 1; followers.length > 0 && tries < mostTries; tries += 1) {
      const then = await this.sendOnce(tenantId, at, followers, onRecorded);
      last = [...last, ...then.last];
      followers = then.followers;
    }
    return [...last, ...followers];
  }

  private async sendOnce(
    tenantId: string,
    at: Instant,
    intents: readonly AttemptRow[] | AsyncIterable<AttemptRow>,
    onRecorded: (rows: readonly AttemptRow[]) => void,
  ): Promise<{ last: AttemptRow[]; followers: AttemptRow[] }> {
    const decided: AttemptRow[] = [];
    const followers = new Map<string, AttemptRow>();
    const call = async (intent: AttemptRow) => ({ intent, outcome: await this.charge(tenantId, intent) });
    await callAndRecord(intents, { callsAtOnce, groupSize }, call, async (answered) => {
      const known = await this.record(tenantId, at, answered);
      decided.push(...known.rows);
      onRecorded(known.rows);
      for (const [attemptId, follower] of known.begun) followers.set(attemptId, follower);
      stopIfCancelled();
    });
    const last = decided.filter(({ _id }) => !followers.has(_id));
    return { last, followers: [...followers.values()] };
  }

  /** The rows are those that we stored or read ourselves: they are read again only where a webhook was quicker. */
  private async record(tenantId: string, at: Instant, answered: Answered[]): Promise<Recorded> {
    const outcomes = new Map(answered.map(({ intent, outcome }) => [intent._id, outcome]));
    const recordFrom = (stored?: AttemptRow[]): Promise<Recorded> =>
      this.database.transaction(async () => {
        const rows = await this.outcomes.record(tenantId, at, outcomes, stored);
        return { rows, begun: await this.succession.begin(tenantId, at, rows) };
      });
    try {
      return await recordFrom(answered.map(({ intent }) => intent));
    } catch (error) {
      if (!(error instanceof AttemptsMovedOn)) throw error;
      return recordFrom();
    }
  }

  /** The time is the intent's own: a resend is the same request to the letter. */
  private async charge(tenantId: string, intent: AttemptRow): Promise<ChargeOutcome> {
    const { key, amountMinor, currency, token, createdAt, gateway } = intent;
    if (token === null) {
      const declineCode = gateway === topUpGateway ? 'balance_too_low' : 'no_usable_method';
      return { state: 'declined', declineCode, category: 'actionRequired' };
    }
    // It may have been sent before a crash, and its key be forgotten by now: it is asked for, not sent again.
    if (realMsSince(intent.sentAt) > this.gateways.of(gateway).keyHoldsMs)
      return { state: 'unknown', cause: 'keyExpired' };
    const initiator = intent.initiator === 'payer' ? 'customer' : 'merchant';
    const originalNetworkTransactionId = intent.originalNetworkTransactionId ?? null;
    const debit = intent.debit ? { debit: intent.debit } : {};
    const customerId = intent.gatewayCustomerId ?? null;
    const asked = { initiator, customerId, originalNetworkTransactionId, ...debit } as const;
    const charge = { tenantId, at: createdAt, key, amountMinor, currency, token, ...asked };
    return this.gateways.of(gateway).charge(charge);
  }
}
