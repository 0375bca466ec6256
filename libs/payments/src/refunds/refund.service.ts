import { billedAccount } from '../billed-account';
import { Injectable } from '@nestjs/common';
import { addDuration, type Instant } from '@tollkeeper/calendar';
import {
  creditRefundIdOf,
  creditRefundWanted,
  refund as refundProcess,
  type UnusedPeriodFact,
  type RefundsActivities,
} from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  conflict,
  newId,
  notFound,
  Outbox,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { AttemptRepository } from '../attempts/attempt.repository';
import { heldStates } from '../domain/payment-states';
import { refundMayBecome } from '../domain/refunds/refund-states';
import { splitRefund } from '../domain/refunds/split-refund';
import { unusedMinor } from '../domain/unused-part';
import { PaymentRepository } from '../received/payment.repository';
import { type PaymentRow, topUpGateway } from '../received/payment.schema';
import { BalanceRepository } from '../top-ups/balance.repository';
import { ProfileRepository } from '../payers/profile.repository';
import { RefundBook } from './refund-book.service';
import { RefundRepository } from './refund.repository';
import type { RefundRow } from './refund.schema';

/** Until then an earlier refund is taken for one that the books may not show yet. */
const booksShowAfter = { hours: 1 };

interface WantedRefund {
  accountId: string;
  of: 'topUp' | 'deposit' | 'credit';
  /** Left out: the whole balance, or the whole credit. */
  amount: { minor: number; currency: string } | null;
  reason: string;
}

/** `promisedMinor`: what invoicing has set aside; 0 where it holds less than is wanted. */
type PromisedRefund = Omit<Parameters<RefundsActivities['openPromisedRefund']>[0], 'tenantId' | 'at'>;

/** What is to be given back, and to which payments it goes. */
@Injectable()
export class RefundService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly attempts: AttemptRepository,
    private readonly payments: PaymentRepository,
    private readonly balances: BalanceRepository,
    private readonly profiles: ProfileRepository,
    private readonly refunds: RefundRepository,
    private readonly book: RefundBook,
  ) {}

  /** A person gives money back that is kept for the customer; account credit goes through invoicing, which knows it, as deposits do. */
  async request(principal: Principal, { accountId, of, amount, reason }: WantedRefund): Promise<string> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const account = await billedAccount(this.profiles, tenantId, accountId, amount?.currency ?? null);
    const requestKey = newId('rfr');
    await this.database.transaction(async () => {
      const after = { accountId, of, amount };
      await this.audit.record(principal, { at, what: 'refund', entity: requestKey, after, reason });
      if (of === 'credit') return this.startCreditRefund(tenantId, accountId, requestKey, at);
      const minor = amount?.minor ?? (await this.balances.find(tenantId, accountId))?.balanceMinor ?? 0;
      const wanted = { requestKey, accountId, of, currency: account.currency, reason };
      if (of === 'topUp') await this.takeFromBalance(tenantId, at, wanted, minor);
      const latest = await this.payments.refundable(tenantId, accountId, of);
      const parts = splitRefund(minor, latest);
      if (of === 'deposit' && parts.some(({ payment }) => payment === null))
        throw conflict('depositTooLow', `Less than ${minor} minor units were deposited and not given back.`);
      if (of === 'deposit') {
        const deposit = { amountMinor: minor, reason };
        return this.outbox.start(refundProcess, [{ tenantId, at, accountId, requestKey, deposit }]);
      }
      await this.book.open(tenantId, at, wanted, parts);
    });
    return requestKey;
  }

  async refundCredit(tenantId: string, accountId: string, key: string, at: Instant): Promise<string> {
    const requestKey = `credit/${key}`;
    await this.database.transaction(async () => {
      if ((await this.refunds.ofRequest(tenantId, requestKey)).length > 0) return;
      await this.startCreditRefund(tenantId, accountId, requestKey, at);
    });
    return requestKey;
  }

  async creditRefundWait(
    tenantId: string,
    accountId: string,
    requestKey: string,
    at: Instant,
  ): Promise<Instant | null> {
    if ((await this.refunds.ofRequest(tenantId, requestKey)).length > 0) return null;
    const since = addDuration(at, { hours: -booksShowAfter.hours });
    const earlier = await this.refunds.creditOnItsWay(tenantId, accountId, since);
    return earlier ? addDuration(earlier.decidedAt ?? at, booksShowAfter) : null;
  }

  async openCreditRefund(
    tenantId: string,
    wanted: { accountId: string; requestKey: string; amountMinor: number; currency: string },
    at: Instant,
  ): Promise<void> {
    const { amountMinor: minor, ...request } = wanted;
    const amounts = { wantedMinor: minor, promisedMinor: minor };
    await this.openPromisedRefund(tenantId, { ...request, ...amounts, of: 'credit', reason: null }, at);
  }

  async openPromisedRefund(tenantId: string, wanted: PromisedRefund, at: Instant): Promise<void> {
    const { wantedMinor, promisedMinor, ...request } = wanted;
    const { accountId, requestKey, of } = request;
    await this.database.transaction(async () => {
      if ((await this.refunds.ofRequest(tenantId, requestKey)).length > 0) return;
      if (promisedMinor < wantedMinor)
        return this.book.refuse(tenantId, at, request, wantedMinor, `${of}TooLow`);
      const latest = await this.payments.refundable(tenantId, accountId, of === 'credit' ? 'invoice' : of);
      await this.book.open(tenantId, at, request, splitRefund(promisedMinor, latest), 'caller');
    });
  }

  /** Renewals that were paid and will not be used: back by the way each was paid. */
  async receiveUnused(tenantId: string, at: Instant, facts: UnusedPeriodFact[]): Promise<void> {
    for (const fact of facts) await this.database.transaction(() => this.giveBack(tenantId, at, fact));
  }

  /** Finance has made a pay-out. */
  async recordPayOut(principal: Principal, refundId: string, reference: string): Promise<RefundRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      const before = await this.refunds.one(tenantId, refundId);
      if (!before) throw notFound('refund', refundId);
      if (!refundMayBecome(before.state, 'paidOut'))
        throw conflict(
          'notToPayOut',
          `Refund ${refundId} is ${before.state}: there is nothing to pay by bank.`,
        );
      const after: RefundRow = { ...before, state: 'paidOut', reference };
      await this.refunds.decide(tenantId, [after]);
      const entry = { at, what: 'recordPayOut', entity: refundId };
      await this.audit.record(principal, { ...entry, before: { state: before.state }, after: { reference } });
      return after;
    });
  }

  private async giveBack(tenantId: string, at: Instant, fact: UnusedPeriodFact): Promise<void> {
    const { subscriptionId, dueFrom, from, to, unusedFrom, rounding } = fact;
    const requestKey = `unused/${subscriptionId}/${dueFrom}`;
    if ((await this.refunds.ofRequest(tenantId, requestKey)).length > 0) return;
    const paymentId = await this.attempts.paymentOfPeriod(tenantId, subscriptionId, dueFrom);
    const payment = paymentId === null ? null : await this.payments.one(tenantId, paymentId);
    // What its payer took back is not ours to give.
    if (!payment || !isHeld(payment)) return;
    // Whoever paid gets it back, also when another account pays by now.
    const { accountId, amountMinor, refundedMinor, reversedMinor = 0, currency, gateway } = payment;
    const unused = unusedMinor({ amountMinor, from, to, unusedFrom, rounding });
    const minor = Math.min(unused, amountMinor - refundedMinor - reversedMinor);
    if (minor <= 0) return;
    const renewal = { subscriptionId, from, to, unusedFrom };
    const request = { requestKey, accountId, of: 'renewal' as const, currency, reason: null, renewal };
    const toBalance = gateway === topUpGateway;
    const way = {
      ...{ paymentId: payment._id, gatewayId: payment.gatewayId, gateway },
      amountMinor,
      refundedMinor,
    };
    const [row] = await this.book.open(tenantId, at, request, [
      { payment: way, amountMinor: minor, toBalance },
    ]);
    if (!toBalance || !row) return;
    const move = {
      key: row.key,
      accountId,
      what: 'renewalReturned' as const,
      amountMinor: minor,
      currency,
      at,
    };
    await this.balances.move(tenantId, { ...move, refundId: row._id, subscriptionId });
  }

  private async takeFromBalance(
    tenantId: string,
    at: Instant,
    { requestKey, accountId, currency }: { requestKey: string; accountId: string; currency: string },
    minor: number,
  ): Promise<void> {
    const move = { key: requestKey, accountId, what: 'refund' as const, amountMinor: -minor, currency, at };
    const taken = minor > 0 && (await this.balances.move(tenantId, move));
    if (!taken)
      throw conflict(
        'balanceTooLow',
        `The balance is less than ${minor} minor units.`,
        'Leave `amount` out to give back all of it.',
      );
  }

  private async startCreditRefund(
    tenantId: string,
    accountId: string,
    requestKey: string,
    at: Instant,
  ): Promise<void> {
    // The word to an open process first: one that ends in between is then started again. Its key makes twice once.
    const event = { eventId: requestKey, at };
    await this.outbox.signal(tenantId, creditRefundIdOf(tenantId, accountId), creditRefundWanted, event);
    await this.outbox.start(refundProcess, [{ tenantId, at, accountId, requestKey, wholeCredit: true }]);
  }
}

const isHeld = ({ state }: PaymentRow): boolean => heldStates.some((held) => held === state);
