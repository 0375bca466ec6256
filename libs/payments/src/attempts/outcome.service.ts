import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import { periodWhenPaid } from '@tollkeeper/contracts';
import { Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { type AttemptRow } from './attempt.schema';
import { type AttemptChange, AttemptRepository } from './attempt.repository';
import { asAsked, decidedAttempt } from './decide-attempt';
import { isStale } from '../domain/attempts/stale-challenges';
import { LateConfirmationRepository } from '../challenges/late-confirmations.repository';
import { mayBecome } from '../domain/attempts/attempt-states';
import type { ChargeOutcome } from '../gateway/payment-gateway';
import { type LateMoney, OutcomeNews } from './outcome-news.service';
import { PayableRepository } from '../payables/payable.repository';
import { PaymentMethodRepository } from '../methods/payment-method.repository';
import { type PaymentMethodRow } from '../methods/payment-method.schema';
import { PaymentRepository } from '../received/payment.repository';
import { paymentFact } from '../received/payment-fact';
import { type PaymentRow } from '../received/payment.schema';
import { BalanceService } from '../top-ups/balance.service';

/** Nothing was recorded: an attempt is not as the caller knew it. */
export class AttemptsMovedOn extends Error {}

/** The only place where an attempt's outcome becomes fact: state, reservation, payment and news in one transaction. */
@Injectable()
export class OutcomeService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly attempts: AttemptRepository,
    private readonly payables: PayableRepository,
    private readonly payments: PaymentRepository,
    private readonly methods: PaymentMethodRepository,
    private readonly news: OutcomeNews,
    private readonly topUps: BalanceService,
    private readonly settings: LateConfirmationRepository,
  ) {}

  /**
   * Outcomes that an attempt's state no longer allows (a webhook told it first, a repeat) change nothing.
   * Returns all the attempts as they are now. Who has just stored them gives them as `stored`: they are not read again,
   * and `AttemptsMovedOn` says that somebody else was quicker.
   */
  async record(
    tenantId: string,
    at: Instant,
    outcomes: ReadonlyMap<string, ChargeOutcome>,
    stored?: readonly AttemptRow[],
  ): Promise<AttemptRow[]> {
    return this.database.transaction(async () => {
      const rows = stored ?? (await this.attempts.byIds(tenantId, [...outcomes.keys()]));
      const changes = rows.flatMap((before) => {
        const told = outcomes.get(before._id);
        const outcome = told && asAsked(before, told);
        if (!outcome || !mayBecome(before.state, outcome.state)) return [];
        return [{ before, after: decidedAttempt(before, outcome, at) }];
      });
      const decided = changes.map(({ after }) => after);
      if (!(await this.attempts.decide(tenantId, changes))) throw new AttemptsMovedOn();
      const late = await this.lateMoney(tenantId, changes);
      await this.settleReservations(tenantId, decided);
      await this.noteOnMethods(tenantId, at, decided);
      await this.bookPayments(tenantId, at, decided, late);
      await this.cancelStale(tenantId, at, decided);
      await this.news.tell(tenantId, at, changes, late);
      const changed = new Map(decided.map((row) => [row._id, row]));
      return rows.map((row) => changed.get(row._id) ?? row);
    });
  }

  /** Confirmed by its card holder, perhaps long after it was asked for; by attempt. */
  private async lateMoney(
    tenantId: string,
    changes: readonly AttemptChange[],
  ): Promise<Map<string, LateMoney>> {
    const confirmed = changes.flatMap((change) => (wasConfirmed(change) ? [change.after] : []));
    const late = new Map<string, LateMoney>();
    if (confirmed.length === 0) return late;
    const way = await this.settings.surplus(tenantId);
    for (const attempt of confirmed) {
      const debt = await this.payables.one(tenantId, attempt.invoiceId ?? '');
      late.set(attempt._id, { way, isSurplus: isStale(attempt, debt ?? undefined) });
    }
    return late;
  }

  /** The debt was paid while the gateway was asked: nobody else will tell that the challenge is needless. */
  private async cancelStale(tenantId: string, at: Instant, decided: AttemptRow[]): Promise<void> {
    const waiting = decided.filter(
      ({ state, invoiceId }) => state === 'requiresAction' && invoiceId !== null,
    );
    for (const attempt of waiting) {
      const debt = await this.payables.one(tenantId, attempt.invoiceId ?? '');
      if (!isStale(attempt, debt ?? undefined)) continue;
      await this.attempts.beginCancelling(tenantId, [{ ...attempt, cancelsSince: at, nextLookUpAt: at }]);
    }
  }

  private async settleReservations(tenantId: string, decided: AttemptRow[]): Promise<void> {
    const ofInvoices = decided.flatMap((attempt) => {
      const { _id: attemptId, invoiceId, paymentId, amountMinor, state } = attempt;
      return invoiceId === null ? [] : [{ attemptId, invoiceId, paymentId, amountMinor, state }];
    });
    const captured = ofInvoices.filter(({ state }) => state === 'succeeded');
    const released = ofInvoices.filter(({ state }) =>
      ['declined', 'gatewayFailure', 'requiresAction'].includes(state),
    );
    await this.payables.release(tenantId, released);
    await this.payables.capture(
      tenantId,
      captured.map(({ invoiceId, attemptId, paymentId, amountMinor }) => ({
        invoiceId,
        reservation: { attemptId, paymentId, amountMinor, state: 'captured' },
      })),
    );
  }

  private async noteOnMethods(tenantId: string, at: Instant, decided: AttemptRow[]): Promise<void> {
    const outcomes = decided.flatMap((attempt) => {
      const noted = attempt.methodId === null ? undefined : lastDeclineOf(attempt, at);
      return noted === undefined ? [] : [{ methodId: attempt.methodId ?? '', lastDecline: noted }];
    });
    await this.methods.noteOutcomes(tenantId, outcomes);
    const used = decided.flatMap(({ methodId, methodKind, state, amountMinor, debit }) => {
      const isUse = methodId && methodKind?.endsWith('Debit') && ['pending', 'succeeded'].includes(state);
      const collectOn = debit?.collectOn ?? localDateOf(at, 'UTC');
      return isUse ? [{ methodId, collectOn, amountMinor }] : [];
    });
    if (used.length > 0) await this.methods.noteDebits(tenantId, used);
    const agreed = decided.flatMap(
      ({ methodId, networkTransactionId, originalNetworkTransactionId: known, state }) =>
        state === 'succeeded' && methodId && networkTransactionId && !known
          ? [{ methodId, networkTransactionId }]
          : [],
    );
    if (agreed.length > 0) await this.methods.noteAgreements(tenantId, agreed);
  }

  private async bookPayments(
    tenantId: string,
    at: Instant,
    decided: AttemptRow[],
    late: ReadonlyMap<string, LateMoney>,
  ): Promise<void> {
    const payments = decided
      .filter(({ state }) => state === 'succeeded')
      .map((attempt) => ({
        ...paymentOf(attempt, at),
        ...(late.get(attempt._id)?.way === 'refund' ? { surplus: 'refund' as const } : {}),
      }));
    await this.payments.insert(tenantId, payments);
    for (const payment of payments.filter(({ purpose }) => purpose === 'topUp'))
      await this.topUps.credit(tenantId, at, payment);
    await this.outbox.tell(tenantId, at, 'paymentChanged', payments.map(paymentFact));
  }
}

const wasConfirmed = ({ before, after }: AttemptChange): boolean =>
  after.state === 'succeeded' &&
  after.purpose === 'invoice' &&
  (before.state === 'requiresAction' || before.state === 'cancelled');

/** Null clears what was noted before; undefined says nothing about the method. */
function lastDeclineOf(
  { state, category, declineCode }: AttemptRow,
  at: Instant,
): PaymentMethodRow['lastDecline'] | undefined {
  if (state === 'succeeded') return null;
  if (state === 'requiresAction') return { category: 'actionRequired', code: 'authenticationRequired', at };
  if (state === 'declined' && category) return { category, code: declineCode ?? 'unspecified', at };
  return undefined;
}

const paymentOf = (attempt: AttemptRow, at: Instant): PaymentRow => ({
  _id: attempt.paymentId,
  revision: 1,
  accountId: attempt.accountId,
  invoiceId: attempt.invoiceId,
  subscriptionId: attempt.subscriptionId,
  purpose: attempt.purpose,
  amountMinor: attempt.amountMinor,
  currency: attempt.currency,
  gateway: attempt.gateway,
  gatewayId: attempt.gatewayId,
  attemptId: attempt._id,
  method: attempt.card,
  reference: attempt.key,
  state: 'succeeded',
  renewal: renewalOf(attempt, at),
  refundedMinor: 0,
  receivedAt: at,
  recordedAt: at,
});

/** Paid late, the period begins when it is paid: its revenue belongs to those days. */
function renewalOf(attempt: AttemptRow, paidAt: Instant): PaymentRow['renewal'] {
  const { subscriptionId, offeringId, periodFrom, periodTo } = attempt;
  if (subscriptionId === null || offeringId === null || periodFrom === null || periodTo === null) return null;
  const period = periodWhenPaid({ from: periodFrom, to: periodTo }, paidAt);
  return { subscriptionId, offeringId, ...period, dueFrom: periodFrom };
}
