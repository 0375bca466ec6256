import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { collectionIdOf, collectionSignals, type MessageRequest } from '@tollkeeper/contracts';
import { newId, notFound, Outbox } from '@tollkeeper/platform';
import { CollectionRepository } from '../dunning/collection.repository';
import { receiptMessage } from '../domain/message-requests';
import { coverPayables, type Reservation } from '../domain/attempts/reservations';
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

/** A payment, and what it will cover, before either is written. */
export interface DraftedMoney {
  payment: PaymentRow;
  customerName: string;
  heldBack: { invoiceId: string; reservation: Reservation }[];
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
    const draft = draftMoney(money, payer, await this.candidates(tenantId, money), at);
    await this.bookAll(tenantId, at, [draft]);
    return draft.payment;
  }

  /** Until invoicing has applied the money, nobody charges or dunns for what it will cover. */
  async bookAll(tenantId: string, at: Instant, drafts: readonly DraftedMoney[]): Promise<void> {
    await this.payments.insert(
      tenantId,
      drafts.map(({ payment }) => payment),
    );
    await this.payables.holdBack(
      tenantId,
      drafts.flatMap(({ heldBack }) => heldBack),
    );
    await this.tell(tenantId, at, drafts);
  }

  private async candidates(
    tenantId: string,
    { accountId, invoiceId, purpose }: ReceivedMoney,
  ): Promise<PayableRow[]> {
    if (purpose === 'deposit') return [];
    if (invoiceId === null) return this.payables.openOf(tenantId, [accountId]);
    const payable = await this.payables.one(tenantId, invoiceId);
    return payable ? [payable] : [];
  }

  private async tell(tenantId: string, at: Instant, drafts: readonly DraftedMoney[]): Promise<void> {
    await this.outbox.tell(
      tenantId,
      at,
      'paymentChanged',
      drafts.map(({ payment }) => paymentFact(payment)),
    );
    const receipts = drafts.map((draft) => receiptOf(draft, at));
    await this.outbox.tell(tenantId, at, 'messageRequested', receipts);
    const accountIds = [...new Set(drafts.map(({ payment }) => payment.accountId))];
    const cases = await this.collections.accountsWithOpen(tenantId, accountIds);
    const chased = drafts.map(({ payment }) => payment).filter(({ accountId }) => cases.has(accountId));
    await this.outbox.signalEach(
      tenantId,
      collectionSignals.paymentReceived,
      chased.map(({ _id: eventId, accountId }) => ({
        processId: collectionIdOf(tenantId, accountId),
        event: { eventId, at },
      })),
    );
  }
}

/** `candidates`: the invoice that it names, or all that is open of the account, oldest first. */
export function draftMoney(
  money: ReceivedMoney,
  { customerName }: { customerName: string },
  candidates: readonly PayableRow[],
  at: Instant,
): DraftedMoney {
  const { accountId, invoiceId } = money;
  if (invoiceId !== null && candidates[0]?.accountId !== accountId && money.purpose !== 'deposit')
    throw notFound('invoice', invoiceId);
  const payment = paymentOf(money, at);
  const heldBack = coverPayables(candidates, money.amountMinor).map(({ payable, amountMinor }) => ({
    invoiceId: payable._id,
    reservation: { attemptId: null, paymentId: payment._id, amountMinor, state: 'captured' as const },
  }));
  return { payment, customerName, heldBack };
}

function receiptOf({ payment, customerName }: DraftedMoney, at: Instant): MessageRequest {
  const { _id: paymentId, accountId, amountMinor, currency, purpose, method: card } = payment;
  const news = { accountId, customerName, amountMinor, currency, card, invoiceNumber: '', at };
  return receiptMessage(paymentId, purpose, news);
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
