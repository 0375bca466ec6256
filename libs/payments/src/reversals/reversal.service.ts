import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import type { PaymentReversalFact } from '@tollkeeper/contracts';
import { conflict, Outbox } from '@tollkeeper/platform';
import { AttemptRepository } from '../attempts/attempt.repository';
import { meaningOfReturn } from '../domain/debits/return-codes';
import { failureMessage } from '../domain/message-requests';
import {
  afterNews,
  paymentAfter,
  paymentMayBecome,
  type ReversalChange,
  type ReversalState,
} from '../domain/payment-states';
import type { LastDecline } from '../domain/retries/retry-rules';
import type { GatewayEvent } from '../gateway/payment-gateway';
import { PaymentMethodRepository } from '../methods/payment-method.repository';
import { PaymentRepository } from '../received/payment.repository';
import type { PaymentRow } from '../received/payment.schema';
import { ProfileRepository } from '../payers/profile.repository';
import { ReversalRepository } from './reversal.repository';
import type { ReversalRow } from './reversal.schema';
import { UnusedMoney } from './unused-money.service';

interface News {
  reversalId: string;
  gatewayId: string;
  state: ReversalState;
  fundsWithdrawn: boolean;
  amountMinor: number;
  /** `null`: that of the payment. */
  currency: string | null;
  reason: string;
  respondBy: Instant | null;
}

/** It was booked to the wrong account, by a person or by us; a payment can be undone once. */
interface UndoneEvent {
  kind: 'undone';
  returnId: string;
  gatewayId: string;
  amountMinor: number;
  reason: string;
}

type ReversalEvent = Extract<GatewayEvent, { kind: 'dispute' | 'returned' }> | UndoneEvent;

/** Money that was ours and is taken back: payment, method, news and books hear of it in the caller's transaction. */
@Injectable()
export class ReversalService {
  constructor(
    private readonly outbox: Outbox,
    private readonly attempts: AttemptRepository,
    private readonly payments: PaymentRepository,
    private readonly methods: PaymentMethodRepository,
    private readonly profiles: ProfileRepository,
    private readonly reversals: ReversalRepository,
    private readonly unused: UnusedMoney,
  ) {}

  async hear(tenantId: string, at: Instant, gateway: string, event: ReversalEvent): Promise<void> {
    const payment = await this.payments.byCharge(tenantId, gateway, event.gatewayId);
    if (!payment) return this.refuseWhatIsTooEarly(tenantId, gateway, event.gatewayId);
    await this.takeBack(tenantId, at, payment, event);
  }

  /** Of a payment that is at hand: a bank's statement names no charge. */
  async takeBack(tenantId: string, at: Instant, payment: PaymentRow, event: ReversalEvent): Promise<void> {
    const news = newsOf(event);
    const reversalId = `${tenantId}/${payment.gateway}/${news.reversalId}`;
    const before = await this.reversals.one(tenantId, reversalId);
    const change = afterNews(before, news);
    if (!change) return;
    const asTold = rowOf(reversalId, payment, news, before, change, at);
    const row =
      change.move === 'out' ? { ...asTold, ...(await this.unusedOf(tenantId, at, payment, asTold)) } : asTold;
    await this.reversals.save(tenantId, row);
    await this.changePayment(tenantId, payment, row, change);
    if (change.move === null) return;
    await this.tellBooks(tenantId, at, payment, row, change.move);
    await this.noteOnMethod(tenantId, at, payment, row, before?.reason ?? row.reason);
    await this.writeToPayer(tenantId, at, payment, row);
  }

  /** A dispute that overtook its charge is told again later; one of a charge that is not ours changes nothing. */
  private async refuseWhatIsTooEarly(tenantId: string, gateway: string, gatewayId: string): Promise<void> {
    if (await this.attempts.mayBecomePayment(tenantId, gateway, gatewayId))
      throw conflict(
        'chargeNotKnownYet',
        `The outcome of charge ${gatewayId} is not known here yet.`,
        'Tell this event again later.',
      );
  }

  private async changePayment(
    tenantId: string,
    payment: PaymentRow,
    { amountMinor, moneyOut, state }: ReversalRow,
    { move }: ReversalChange,
  ): Promise<void> {
    const next = paymentAfter({ state, moneyOut });
    const signed = move === 'out' ? amountMinor : move === 'back' ? -amountMinor : 0;
    // One dispute is won while another still holds its part: the payment is ours again when both are.
    const isStillOut = state === 'won' && (payment.reversedMinor ?? 0) + signed > 0;
    const isNext = next !== null && !isStillOut && paymentMayBecome(payment.state, next);
    await this.payments.reverse(tenantId, payment._id, isNext ? next : payment.state, signed);
  }

  private async unusedOf(
    tenantId: string,
    at: Instant,
    payment: PaymentRow,
    { _id: reversalId, amountMinor }: ReversalRow,
  ): Promise<Pick<ReversalRow, 'unusedMinor'>> {
    if (payment.purpose === 'invoice') return {};
    return { unusedMinor: await this.unused.take(tenantId, at, payment, { reversalId, amountMinor }) };
  }

  private async tellBooks(
    tenantId: string,
    at: Instant,
    { renewal }: PaymentRow,
    row: ReversalRow,
    move: 'out' | 'back',
  ): Promise<void> {
    const { _id, paymentId, accountId, amountMinor, currency, gateway } = row;
    const fact: PaymentReversalFact = {
      reversalId: _id.slice(tenantId.length + 1),
      kind: move === 'back' ? 'restored' : outKinds[row.state],
      ...{ paymentId, accountId, amountMinor, currency, gateway, reversedAt: at },
      ...(row.unusedMinor === undefined ? {} : { unusedMinor: row.unusedMinor }),
      ...(renewal ? { renewal: periodOf(renewal) } : {}),
    };
    await this.outbox.tell(tenantId, at, 'paymentReversed', [fact]);
  }

  /** What took its money back is charged no more by us; what was won may be again. */
  private async noteOnMethod(
    tenantId: string,
    at: Instant,
    { attemptId }: PaymentRow,
    row: ReversalRow,
    stoppedFor: string,
  ): Promise<void> {
    const [attempt] = attemptId === null ? [] : await this.attempts.byIds(tenantId, [attemptId]);
    if (!attempt?.methodId) return;
    if (row.state === 'won')
      return this.methods.takeBackDecline(tenantId, attempt.methodId, disputeCode(stoppedFor));
    const decline = declineOf(row);
    const byPayer = row.state === 'refundedByPayer';
    if (byPayer || row.state === 'returned')
      await this.attempts.noteReturned(tenantId, attempt._id, { code: row.reason, at, byPayer });
    // Also when the payer says so, months later, of a debit that was never authorised.
    if ((byPayer || row.state === 'returned') && meaningOfReturn(row.reason).endsMandate)
      await this.methods.endMandate(tenantId, attempt.methodId, localDateOf(at, 'UTC'));
    await this.methods.noteOutcomes(tenantId, [
      { methodId: attempt.methodId, lastDecline: { ...decline, at } },
    ]);
  }

  private async writeToPayer(
    tenantId: string,
    at: Instant,
    payment: PaymentRow,
    row: ReversalRow,
  ): Promise<void> {
    if (row.state !== 'returned' && row.state !== 'undone') return;
    const { accountId, purpose, method, currency, attemptId } = payment;
    const account = (await this.profiles.accounts(tenantId, [accountId])).get(accountId);
    const [attempt] = attemptId === null ? [] : await this.attempts.byIds(tenantId, [attemptId]);
    const message = failureMessage(`${payment._id}/${row.state}`, purpose, {
      accountId,
      customerName: account?.customerName ?? '',
      amountMinor: row.amountMinor,
      currency,
      card: method,
      invoiceId: attempt?.invoiceId ?? null,
      invoiceNumber: attempt?.invoiceNumber ?? '',
      at,
      reason: row.reason,
      actionUrl: '',
    });
    await this.outbox.tell(tenantId, at, 'messageRequested', [message]);
  }
}

const outKinds: Record<ReversalState, Exclude<PaymentReversalFact['kind'], 'restored'>> = {
  ...{ opened: 'chargeback', won: 'chargeback', lost: 'chargeback' },
  ...{ returned: 'returnedDebit', refundedByPayer: 'returnedDebit', undone: 'paymentUndone' },
};

function newsOf(event: ReversalEvent): News {
  const { gatewayId, amountMinor, reason } = event;
  return event.kind === 'dispute'
    ? {
        ...{ gatewayId, amountMinor, reason, reversalId: event.disputeId, state: event.state },
        ...{ fundsWithdrawn: event.fundsWithdrawn, respondBy: event.respondBy, currency: event.currency },
      }
    : {
        ...{ gatewayId, amountMinor, reason, reversalId: event.returnId, respondBy: null, currency: null },
        state: event.kind === 'undone' ? 'undone' : event.byPayer ? 'refundedByPayer' : 'returned',
        fundsWithdrawn: true,
      };
}

/** Never more than the payment has left, whatever is told. */
function rowOf(
  _id: string,
  payment: PaymentRow,
  news: News,
  before: ReversalRow | null,
  { standing }: ReversalChange,
  at: Instant,
): ReversalRow {
  const { _id: paymentId, accountId, invoiceId, gateway, currency } = payment;
  const leftMinor = payment.amountMinor - (payment.reversedMinor ?? 0);
  // A dispute may be told in the currency of the payer's bank: how much of ours that is, nobody says; no more than we hold.
  const isOurs = news.currency === null || news.currency === currency;
  const toldMinor = isOurs ? news.amountMinor : Math.max(0, leftMinor - payment.refundedMinor);
  return {
    ...{ _id, paymentId, accountId, invoiceId, gateway, currency },
    amountMinor: before?.moneyOut ? before.amountMinor : Math.min(toldMinor, leftMinor),
    reason: news.reason,
    ...(before?.unusedMinor === undefined ? {} : { unusedMinor: before.unusedMinor }),
    ...standing,
    respondBy: news.respondBy ?? before?.respondBy ?? null,
    openedAt: before?.openedAt ?? at,
    closedAt: standing.state === 'opened' ? null : at,
  };
}

const disputeCode = (reason: string): string => `dispute_${reason}`;

function declineOf({ state, reason }: ReversalRow): LastDecline {
  if (state === 'returned') return { category: meaningOfReturn(reason).category, code: reason };
  return { category: 'hard', code: state === 'refundedByPayer' ? 'refundedByPayer' : disputeCode(reason) };
}

const periodOf = ({ subscriptionId, dueFrom, from, to }: NonNullable<PaymentRow['renewal']>) => ({
  ...{ subscriptionId, from, to, dueFrom: dueFrom ?? from },
});
