import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import {
  buildPosting,
  type FactBatch,
  type PaymentFact,
  type PostingAmounts,
  type PostingRule,
  type RefundFact,
} from '@tollkeeper/contracts';
import { Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { CopyRepository } from '../copy.repository';
import { type Allocation, allocatePayment, paymentStateOf } from '../domain/allocate-payment';
import { payableOf } from '../finalization.service';
import { InvoiceRepository } from '../invoice.repository';
import type { InvoiceRow } from '../invoice.schema';
import { PaymentRepository } from './payment.repository';
import type { AllocationRow, AppliedPaymentRow } from './payment.schema';
import { PostingRepository } from './posting.repository';
import type { PostingRow } from './posting.schema';

const paymentsPerTransaction = 50;

interface Applied {
  row: AppliedPaymentRow;
  allocations: AllocationRow[];
  postings: PostingRow[];
}

/** Invoicing alone owns an invoice's open amount: every payment comes through here, once. */
@Injectable()
export class PaymentService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly payments: PaymentRepository,
    private readonly invoices: InvoiceRepository,
    private readonly postings: PostingRepository,
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

  async receiveRefunds({ tenantId, facts }: FactBatch<'refundMade'>): Promise<void> {
    const zone = (await this.copies.tenant(tenantId))?.zone;
    if (!zone) throw new Error(`The profile of tenant ${tenantId} has not arrived yet`);
    await this.db.transaction(async () => {
      const rows = facts.map((fact) => refundPosting(tenantId, fact, zone));
      const known = await this.postings.known(
        tenantId,
        rows.map(({ _id }) => _id),
      );
      await this.postings.append(
        tenantId,
        rows.filter(({ _id }) => !known.has(_id)),
      );
    });
  }

  private async apply(tenantId: string, zone: string, at: Instant, facts: PaymentFact[]): Promise<void> {
    await this.db.transaction(async () => {
      const known = new Set(
        (
          await this.payments.findMany(
            tenantId,
            facts.map(({ paymentId }) => paymentId),
          )
        ).map(({ paymentId }) => paymentId),
      );
      const fresh = firstOfEach(facts).filter(({ paymentId }) => !known.has(paymentId));
      if (fresh.length === 0) return;
      const open = await this.openInvoices(tenantId, fresh);
      const applied = fresh.map((fact) => applyOne(tenantId, fact, open, zone));
      await this.payments.insert(
        tenantId,
        applied.map(({ row }) => row),
        applied.flatMap(({ allocations }) => allocations),
      );
      await this.postings.append(
        tenantId,
        applied.flatMap(({ postings }) => postings),
      );
      await this.tellChanged(
        tenantId,
        at,
        [...open.values()],
        new Set([
          ...namedBy(fresh),
          ...applied.flatMap(({ allocations }) => allocations.map(({ invoiceId }) => invoiceId)),
        ]),
      );
    });
  }

  private async openInvoices(tenantId: string, facts: PaymentFact[]): Promise<Map<string, InvoiceRow>> {
    const rows = await this.invoices.payableOf(
      tenantId,
      [...new Set(facts.map(({ accountId }) => accountId))],
      namedBy(facts),
    );
    return new Map(rows.map((row) => [row._id, row]));
  }

  private async tellChanged(
    tenantId: string,
    at: Instant,
    open: InvoiceRow[],
    touched: Set<string>,
  ): Promise<void> {
    const changed = open
      .filter(({ _id }) => touched.has(_id))
      .map((row) => ({
        ...row,
        revision: row.revision + 1,
        paymentState: paymentStateOf(row.totalMinor, row.openMinor),
      }));
    await this.invoices.change(
      tenantId,
      changed.map(({ _id, openMinor, paymentState, revision }) => ({
        invoiceId: _id,
        change: { openMinor, paymentState, revision },
      })),
    );
    const paymentIds = await this.payments.paymentsOf(
      tenantId,
      changed.map(({ _id }) => _id),
    );
    await this.outbox.tell(
      tenantId,
      at,
      'payableChanged',
      changed.map((row) => payableOf(row, paymentIds.get(row._id) ?? [])),
    );
  }
}

/** An invoice that a payment named is told of even when it was paid before: payments waits to hear of its money. */
const namedBy = (facts: PaymentFact[]): string[] => facts.flatMap(({ invoiceId }) => invoiceId ?? []);

const firstOfEach = (facts: PaymentFact[]): PaymentFact[] => [
  ...new Map(facts.map((fact) => [fact.paymentId, fact])).values(),
];

/** Takes the payment's parts off the open amounts, so that the next payment of the batch finds what is left. */
function applyOne(tenantId: string, fact: PaymentFact, open: Map<string, InvoiceRow>, zone: string): Applied {
  const { paymentId, amountMinor, accountId, currency, receivedAt } = fact;
  const { allocations, restMinor } =
    fact.purpose === 'renewal' ? { allocations: [], restMinor: 0 } : allocate(fact, open);
  for (const { invoiceId, amountMinor: part } of allocations) {
    const invoice = open.get(invoiceId) as InvoiceRow;
    open.set(invoiceId, { ...invoice, openMinor: invoice.openMinor - part });
  }
  const about = { at: receivedAt, on: localDateOf(receivedAt, zone), accountId, paymentId };
  const posting = (
    rule: PostingRule,
    amounts: PostingAmounts,
    invoiceId: string | null = null,
  ): PostingRow => ({
    _id: `${tenantId}/${paymentId}/${rule}${invoiceId ? `/${invoiceId}` : ''}`,
    rule,
    ...about,
    invoiceId,
    lines: buildPosting(rule, amounts, { currency, gateway: fact.gateway }),
  });
  return {
    row: { _id: `${tenantId}/${paymentId}`, ...pick(fact), creditMinor: restMinor },
    allocations: allocations.map((each) => ({
      _id: `${tenantId}/${paymentId}/${each.invoiceId}`,
      paymentId,
      accountId,
      at: receivedAt,
      ...each,
    })),
    postings:
      fact.purpose === 'renewal'
        ? [posting('renewalPaid', { total: amountMinor, net: amountMinor })]
        : [
            posting('paymentCaptured', { amount: amountMinor }),
            ...allocations.map((each) =>
              posting('paymentAllocated', { amount: each.amountMinor }, each.invoiceId),
            ),
            posting('overpayment', { amount: restMinor }),
          ],
  };
}

function allocate(
  { accountId, currency, amountMinor, invoiceId }: PaymentFact,
  open: Map<string, InvoiceRow>,
): { allocations: Allocation[]; restMinor: number } {
  const own = [...open.values()].filter(
    (invoice) => invoice.accountId === accountId && invoice.currency === currency,
  );
  const payable = own.map(({ _id, openMinor, dueOn }) => ({ invoiceId: _id, openMinor, dueOn: dueOn ?? '' }));
  return allocatePayment(amountMinor, invoiceId, payable);
}

/** Taken from the liability in which the money lay. */
const refundRules = {
  credit: 'refund',
  renewal: 'renewalRefunded',
  topUp: 'topUpRefunded',
  deposit: 'depositReturned',
} as const satisfies Record<RefundFact['of'], PostingRule>;

function refundPosting(tenantId: string, fact: RefundFact, zone: string): PostingRow {
  const { refundId, accountId, paymentId, amountMinor, currency, gateway, refundedAt } = fact;
  const rule = refundRules[fact.of];
  return {
    _id: `${tenantId}/${refundId}/${rule}`,
    rule,
    at: refundedAt,
    on: localDateOf(refundedAt, zone),
    accountId,
    invoiceId: null,
    paymentId,
    lines: buildPosting(
      rule,
      fact.of === 'renewal' || fact.of === 'topUp'
        ? { total: amountMinor, net: amountMinor }
        : { amount: amountMinor },
      { currency, gateway },
    ),
  };
}

const pick = ({
  paymentId,
  revision,
  accountId,
  invoiceId,
  currency,
  amountMinor,
  purpose,
  gateway,
  receivedAt,
}: PaymentFact) => ({
  paymentId,
  revision,
  accountId,
  designatedInvoiceId: invoiceId,
  currency,
  amountMinor,
  purpose,
  gateway,
  receivedAt,
});
