import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { collectionIdOf, collectionSignals } from '@tollkeeper/contracts';
import { newId, notFound, Outbox } from '@tollkeeper/platform';
import { CollectionRepository } from '../dunning/collection.repository';
import { receiptMessage } from '../domain/message-requests';
import { coverPayables } from '../domain/attempts/reservations';
import { PayableRepository } from '../payables/payable.repository';
import { type PayableRow } from '../payables/payable.schema';
import { paymentFact } from './payment-fact';
import { PaymentRepository } from './payment.repository';
import { type PaymentRow } from './payment.schema';

export interface ReceivedMoney {
  accountId: string;
  invoiceId: string | null;
  amountMinor: number;
  currency: string;
  method: 'bank' | 'cash' | 'cheque' | 'agent';
  purpose: 'invoice' | 'deposit';
  reference: string;
  receivedAt: Instant;
  bankEntryId?: string;
}

/** Money that came other than through a gateway becomes a payment, in the transaction of whoever says so. */
@Injectable()
export class ReceivedMoneyBook {
  constructor(
    private readonly outbox: Outbox,
    private readonly payments: PaymentRepository,
    private readonly payables: PayableRepository,
    private readonly collections: CollectionRepository,
  ) {}

  async book(
    tenantId: string,
    at: Instant,
    money: ReceivedMoney,
    payer: { customerName: string },
  ): Promise<PaymentRow> {
    const candidates = await this.candidates(tenantId, money);
    const payment = paymentOf(money, at);
    await this.payments.insert(tenantId, [payment]);
    await this.holdBack(tenantId, payment, candidates);
    await this.tell(tenantId, at, payment, payer);
    return payment;
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
    { customerName }: { customerName: string },
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
