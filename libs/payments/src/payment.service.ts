import { billedAccount } from './billed-account';
import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { collectionIdOf, collectionSignals } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  BusinessClock,
  newId,
  notFound,
  Outbox,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { CollectionRepository } from './collection.repository';
import { receiptMessage } from './domain/message-requests';
import { coverPayables } from './domain/reservations';
import { PayableRepository } from './payable.repository';
import { type PayableRow } from './payable.schema';
import { paymentFact } from './payment-fact';
import { PaymentRepository } from './payment.repository';
import { type PaymentRow } from './payment.schema';
import { ProfileRepository } from './profile.repository';

export interface ReceivedMoney {
  accountId: string;
  invoiceId: string | null;
  amountMinor: number;
  currency: string;
  method: 'bank' | 'cash' | 'cheque';
  purpose: 'invoice' | 'deposit';
  reference: string;
  receivedAt: Instant;
}

/** Money that reached us other than through a gateway. */
@Injectable()
export class PaymentService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly payments: PaymentRepository,
    private readonly payables: PayableRepository,
    private readonly collections: CollectionRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  async record(principal: Principal, money: ReceivedMoney): Promise<PaymentRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const account = await billedAccount(this.profiles, tenantId, money.accountId, money.currency);
    if (money.receivedAt > at)
      throw badInput('receivedAt', `It is only ${at}: money cannot come from the future.`);
    return this.database.transaction(async () => {
      const candidates = await this.candidates(tenantId, money);
      const payment = paymentOf(money, at);
      await this.payments.insert(tenantId, [payment]);
      await this.holdBack(tenantId, payment, candidates);
      await this.tell(tenantId, at, payment, account.customerName);
      const { accountId, amountMinor, currency, method, reference, purpose } = money;
      const after = { accountId, amountMinor, currency, method, reference, purpose };
      await this.audit.record(principal, { at, what: 'recordPayment', entity: payment._id, after });
      return payment;
    });
  }

  private async candidates(
    tenantId: string,
    { accountId, invoiceId, purpose }: ReceivedMoney,
  ): Promise<PayableRow[]> {
    if (purpose === 'deposit') return [];
    if (invoiceId === null) return this.payables.openOf(tenantId, [accountId]);
    const payable = await this.payables.one(tenantId, invoiceId);
    if (!payable || payable.accountId !== accountId) throw notFound('invoice', invoiceId);
    return [payable];
  }

  /** Until invoicing has applied the money, nobody charges or dunns for what it will cover. */
  private async holdBack(
    tenantId: string,
    { _id: paymentId, amountMinor }: PaymentRow,
    candidates: PayableRow[],
  ): Promise<void> {
    const covered = coverPayables(candidates, amountMinor);
    await this.payables.capture(
      tenantId,
      covered.map(({ payable, amountMinor: part }) => ({
        invoiceId: payable._id,
        reservation: { attemptId: null, paymentId, amountMinor: part, state: 'captured' },
      })),
    );
  }

  private async tell(
    tenantId: string,
    at: Instant,
    payment: PaymentRow,
    customerName: string,
  ): Promise<void> {
    const { _id: paymentId, accountId, amountMinor, currency, purpose } = payment;
    await this.outbox.tell(tenantId, at, 'paymentChanged', [paymentFact(payment)]);
    const news = {
      accountId,
      customerName,
      amountMinor,
      currency,
      card: payment.method,
      invoiceNumber: '',
      at,
    };
    await this.outbox.tell(tenantId, at, 'messageRequested', [receiptMessage(paymentId, purpose, news)]);
    const [open] = await this.collections.openOf(tenantId, [accountId]);
    if (!open) return;
    const event = { eventId: paymentId, at };
    await this.outbox.signal(
      tenantId,
      collectionIdOf(tenantId, accountId),
      collectionSignals.paymentReceived,
      event,
    );
  }
}

const paymentOf = ({ method, ...money }: ReceivedMoney, at: Instant): PaymentRow => ({
  ...money,
  _id: newId('pay'),
  revision: 1,
  subscriptionId: null,
  gateway: method,
  gatewayId: null,
  attemptId: null,
  method,
  state: 'succeeded',
  renewal: null,
  refundedMinor: 0,
  recordedAt: at,
});
