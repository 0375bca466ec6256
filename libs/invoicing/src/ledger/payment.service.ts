import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import { type FactBatch, type PaymentFact, refund, type RefundInput } from '@tollkeeper/contracts';
import { Outbox, ServiceDatabase } from '@tollkeeper/platform';
import type { NewRevenueSchedule } from '../books/domain/revenue-schedule';
import { RevenueScheduleRepository } from '../books/revenue-schedule.repository';
import { CopyRepository } from '../copies/copy.repository';
import type { PlacedAllocation } from '../domain/ledger/undo-allocation';
import { AllocationRepository, newAllocationId } from './allocation.repository';
import { postedAt } from './books-day';
import { PaymentRepository } from './payment.repository';
import type { AppliedPaymentRow } from './payment.schema';
import { type BooksState, placePayment } from './place-payment';
import { PostingRepository } from './posting.repository';
import { ReceivableService } from './receivable.service';
import { SaleTaxService } from './sale-tax.service';

const paymentsPerTransaction = 50;

/** Every payment comes into the books here, once, whatever it was for. */
@Injectable()
export class PaymentService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly payments: PaymentRepository,
    private readonly allocations: AllocationRepository,
    private readonly receivables: ReceivableService,
    private readonly postings: PostingRepository,
    private readonly schedules: RevenueScheduleRepository,
    private readonly taxes: SaleTaxService,
    private readonly copies: CopyRepository,
    private readonly outbox: Outbox,
  ) {}

  async receivePayments({ tenantId, at, facts }: FactBatch<'paymentChanged'>): Promise<void> {
    const zone = (await this.copies.tenant(tenantId))?.zone;
    if (!zone) throw new Error(`The profile of tenant ${tenantId} has not arrived yet`);
    for (let from = 0; from < facts.length; from += paymentsPerTransaction) {
      await this.apply(tenantId, zone, at, facts.slice(from, from + paymentsPerTransaction));
    }
  }

  /** One transaction: payments, allocations, postings with balances, schedules, and what payments has to know. */
  private async apply(tenantId: string, zone: string, at: Instant, facts: PaymentFact[]): Promise<void> {
    await this.db.transaction(async () => {
      const fresh = topUpsFirst(await this.unknown(tenantId, facts));
      if (fresh.length === 0) return;
      const state = await this.load(tenantId, fresh, zone);
      const placed = fresh.map((fact) => ({
        fact,
        ...placePayment(fact, localDateOf(fact.receivedAt, zone), state),
      }));
      await this.payments.insertMany(
        tenantId,
        placed.map(({ fact, row }) => rowOf(tenantId, fact, row, state)),
      );
      await this.payments.change(tenantId, [...state.spent.values()]);
      for (const { fact, allocations } of placed)
        await this.allocations.insertMany(tenantId, fact.receivedAt, allocationRows(fact, allocations));
      await this.postings.append(
        tenantId,
        placed.flatMap(({ fact, postings }) => postings.map(postedAt(tenantId, fact.receivedAt, zone))),
      );
      await this.schedules.insertMany(
        tenantId,
        placed.flatMap(({ fact, deferred }) => scheduleOf(fact, deferred, zone)),
      );
      await this.receivables.save(
        tenantId,
        at,
        state.receivables,
        new Set([...namedBy(fresh), ...state.touched]),
      );
      await this.outbox.start(
        refund,
        placed.flatMap(({ fact, row }) => surplusOf(tenantId, at, fact, row)),
      );
    });
  }

  private async unknown(tenantId: string, facts: PaymentFact[]): Promise<PaymentFact[]> {
    const first = new Map(facts.map((fact) => [fact.paymentId, fact]));
    for (const { paymentId } of await this.payments.findMany(tenantId, [...first.keys()]))
      first.delete(paymentId);
    return [...first.values()];
  }

  private async load(tenantId: string, facts: PaymentFact[], zone: string): Promise<BooksState> {
    const debts = facts.filter(({ purpose }) => purpose === 'invoice').map(({ accountId }) => accountId);
    const spenders = facts.filter(({ gateway }) => gateway === 'topUp').map(({ accountId }) => accountId);
    const topUps = spenders.length === 0 ? [] : await this.payments.topUpsOf(tenantId, spenders);
    return {
      receivables: await this.receivables.load(tenantId, debts, namedBy(facts)),
      terms: await this.taxes.termsOf(tenantId, facts, zone),
      topUps: new Map(topUps.map((row) => [row.paymentId, row])),
      spent: new Map(),
      touched: new Set(),
    };
  }
}

/** What is spent was loaded before, also where both come in one batch. */
const topUpsFirst = (facts: PaymentFact[]): PaymentFact[] => [
  ...facts.filter(({ purpose }) => purpose === 'topUp'),
  ...facts.filter(({ purpose }) => purpose !== 'topUp'),
];

/** An invoice that a payment named is told of even when it was paid before: payments waits to hear of its money. */
const namedBy = (facts: PaymentFact[]): string[] => facts.flatMap(({ invoiceId }) => invoiceId ?? []);

type Placement = ReturnType<typeof placePayment>;

/** Told with the posting, so that the credit is there when the process asks for it. */
function surplusOf(
  tenantId: string,
  at: Instant,
  { surplus, accountId, paymentId }: PaymentFact,
  { creditMinor }: Placement['row'],
): RefundInput[] {
  if (surplus !== 'refund' || creditMinor === 0) return [];
  const requestKey = `surplus/${paymentId}`;
  return [{ tenantId, at, accountId, requestKey, surplus: { amountMinor: creditMinor } }];
}

function rowOf(
  tenantId: string,
  { renewal: _renewal, state: _state, surplus: _surplus, invoiceId, ...fact }: PaymentFact,
  row: Placement['row'],
  { terms }: BooksState,
): AppliedPaymentRow {
  return {
    _id: `${tenantId}/${fact.paymentId}`,
    ...fact,
    designatedInvoiceId: invoiceId,
    takenMinor: 0,
    taxMissing: terms.get(fact.paymentId)?.missing ?? null,
    ...row,
  };
}

const allocationRows = (
  { paymentId, accountId, currency }: PaymentFact,
  allocations: Placement['allocations'],
): PlacedAllocation[] =>
  allocations.map((part) => ({
    allocationId: newAllocationId(),
    source: 'payment',
    paymentId,
    accountId,
    currency,
    ...part,
  }));

/** A renewal that does not say its days can't be recognised by day: it stays a liability. */
function scheduleOf(
  { paymentId, accountId, currency, renewal, receivedAt }: PaymentFact,
  deferred: Placement['deferred'],
  zone: string,
): NewRevenueSchedule[] {
  if (!deferred || !renewal) return [];
  return [
    {
      _id: paymentId,
      accountId,
      subscriptionId: renewal.subscriptionId,
      invoiceId: null,
      lineNo: null,
      paymentId,
      liability: 'contractLiability:prepaidPeriod',
      revenueCategory: 'recurring',
      currency,
      ...deferred,
      from: localDateOf(renewal.from, zone),
      to: localDateOf(renewal.to, zone),
      bookedOn: localDateOf(receivedAt, zone),
    },
  ];
}
