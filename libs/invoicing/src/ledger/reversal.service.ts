import { Injectable } from '@nestjs/common';
import { localDateOf } from '@tollkeeper/calendar';
import type { FactBatch, PaymentReversalFact } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import { draftPosting, type PostingDraft } from '../domain/ledger/posting-draft';
import { lossPosting, splitPrepaid, wonBackPrepaid } from '../domain/ledger/prepaid-reversal';
import { receivePayment } from '../domain/ledger/receive-payment';
import { takeBack, takeBackDeposit } from '../domain/ledger/take-back';
import type { PlacedAllocation } from '../domain/ledger/undo-allocation';
import { AllocationRepository, newAllocationId } from './allocation.repository';
import { postedAt } from './books-day';
import { PaymentRepository } from './payment.repository';
import type { AppliedPaymentRow } from './payment.schema';
import { PostingRepository } from './posting.repository';
import { type Receivables, ReceivableService } from './receivable.service';
import { UnusedTakenBack } from './unused-taken-back.service';

type TakenOut = PaymentReversalFact & { kind: Exclude<PaymentReversalFact['kind'], 'restored'> };

/** Payments that were taken back open their invoices again; what is won back pays them like any payment. */
@Injectable()
export class ReversalService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly payments: PaymentRepository,
    private readonly allocations: AllocationRepository,
    private readonly receivables: ReceivableService,
    private readonly postings: PostingRepository,
    private readonly copies: CopyRepository,
    private readonly unused: UnusedTakenBack,
  ) {}

  async receiveReversals({ tenantId, facts }: FactBatch<'paymentReversed'>): Promise<void> {
    const zone = (await this.copies.tenant(tenantId))?.zone;
    if (!zone) throw new Error(`The profile of tenant ${tenantId} has not arrived yet`);
    for (const fact of facts) await this.db.transaction(() => this.apply(tenantId, zone, fact));
  }

  /** The payment is reloaded, it may be on its way still; money that has not gone out can't come back. */
  private async apply(tenantId: string, zone: string, fact: PaymentReversalFact): Promise<void> {
    const { paymentId, reversalId, kind } = fact;
    const [payment] = await this.payments.findMany(tenantId, [paymentId]);
    if (!payment) throw new Error(`Payment ${paymentId} of reversal ${reversalId} has not arrived yet`);
    const step = `${reversalId}/${kind === 'restored' ? 'in' : 'out'}`;
    if (payment.reversals?.includes(step)) return;
    if (kind === 'restored' && !payment.reversals?.includes(`${reversalId}/out`))
      throw new Error(`Reversal ${reversalId} has not arrived yet`);
    const marked = { ...payment, reversals: [...(payment.reversals ?? []), step] };
    const { purpose } = payment;
    if (kind === 'restored') {
      if (purpose === 'invoice') return this.restore(tenantId, zone, fact, marked);
      if (purpose === 'deposit') return this.restoreDeposit(tenantId, zone, fact, marked);
      return this.restorePrepaid(tenantId, zone, fact, marked);
    }
    const out = { ...fact, kind };
    if (purpose === 'invoice') return this.reopen(tenantId, zone, out, marked);
    if (purpose === 'deposit') return this.takeBackDeposit(tenantId, zone, out, marked);
    return this.takeBackPrepaid(tenantId, zone, out, marked);
  }

  private async reopen(
    tenantId: string,
    zone: string,
    fact: TakenOut,
    payment: AppliedPaymentRow,
  ): Promise<void> {
    const { accountId, paymentId, reversedAt, currency } = fact;
    const [own, credits] = [
      await this.allocations.live(tenantId, { paymentId }),
      await this.allocations.live(tenantId, { accountId, source: 'credit' }),
    ];
    const named = [...own, ...credits].map(({ invoiceId }) => invoiceId);
    const state = await this.receivables.load(tenantId, [], named);
    const balances = await this.postings.balancesOf(tenantId, [accountId]);
    const owed = balances.find((row) => row.currency === currency)?.customerCreditMinor ?? 0;
    const taken = takeBack(
      { ...fact, rule: fact.kind },
      {
        ...{ allocations: own, creditAllocations: credits, items: state.items, newAllocationId },
        creditMinor: payment.creditMinor,
        creditAtHandMinor: Math.max(0, -owed),
      },
    );
    await this.reopenItems(tenantId, fact, state, taken);
    await this.save(tenantId, payment, {
      creditMinor: payment.creditMinor - taken.creditMinor,
      recoveredMinor: payment.recoveredMinor - (fact.amountMinor - taken.allocatedMinor - taken.creditMinor),
      reversedMinor: (payment.reversedMinor ?? 0) + fact.amountMinor,
      lossMinor: (payment.lossMinor ?? 0) + taken.lossMinor,
    });
    await this.post(tenantId, zone, fact, taken.postings);
    const touched = new Set(taken.items.map(({ invoiceId }) => invoiceId));
    await this.receivables.save(tenantId, reversedAt, state, touched);
  }

  /** What was a loss is none; the rest pays what is open, the same invoice first. */
  private async restore(
    tenantId: string,
    zone: string,
    fact: PaymentReversalFact,
    payment: AppliedPaymentRow,
  ): Promise<void> {
    const { reversalId, accountId, paymentId, reversedAt, currency } = fact;
    const lossMinor = Math.min(fact.amountMinor, payment.lossMinor ?? 0);
    const invoiceId = payment.designatedInvoiceId;
    const state = await this.receivables.load(tenantId, [accountId], invoiceId === null ? [] : [invoiceId]);
    const back = { ...fact, invoiceId, amountMinor: fact.amountMinor - lossMinor };
    const receipt = receivePayment(
      { ...back, paymentId: `${reversalId}/won` },
      [...state.items.values()],
      localDateOf(reversedAt, zone),
    );
    for (const item of receipt.items) state.items.set(item.invoiceId, item);
    const placed = receipt.allocations.map((part): PlacedAllocation => ({
      ...{ allocationId: newAllocationId(), source: 'payment', paymentId, accountId, currency },
      ...part,
    }));
    await this.allocations.insertMany(tenantId, reversedAt, placed);
    await this.save(tenantId, payment, {
      creditMinor: payment.creditMinor + receipt.creditMinor,
      recoveredMinor: payment.recoveredMinor + receipt.recoveredMinor + lossMinor,
      reversedMinor: (payment.reversedMinor ?? 0) - fact.amountMinor,
      lossMinor: (payment.lossMinor ?? 0) - lossMinor,
    });
    const ofPayment = receipt.postings.map((posting) => ({ ...posting, paymentId }));
    await this.post(tenantId, zone, fact, [...ofPayment, lossPosting(fact, lossMinor, 'back')]);
    const touched = new Set(receipt.items.map((item) => item.invoiceId));
    await this.receivables.save(tenantId, reversedAt, state, touched);
  }

  private async takeBackDeposit(
    tenantId: string,
    zone: string,
    fact: TakenOut,
    payment: AppliedPaymentRow,
  ): Promise<void> {
    const { accountId, reversedAt, currency } = fact;
    const allocations = await this.allocations.live(tenantId, { accountId, source: 'deposit' });
    const named = allocations.map(({ invoiceId }) => invoiceId);
    const state = await this.receivables.load(tenantId, [], named);
    const balances = await this.postings.balancesOf(tenantId, [accountId]);
    const owed = balances.find((row) => row.currency === currency)?.depositMinor ?? 0;
    const heldMinor = Math.max(0, -owed);
    const deposit = { allocations, heldMinor, items: state.items, newAllocationId };
    const taken = takeBackDeposit({ ...fact, rule: fact.kind }, deposit);
    await this.reopenItems(tenantId, fact, state, taken);
    await this.save(tenantId, payment, {
      ...{ creditMinor: payment.creditMinor, recoveredMinor: payment.recoveredMinor },
      reversedMinor: (payment.reversedMinor ?? 0) + fact.amountMinor,
      lossMinor: (payment.lossMinor ?? 0) + taken.lossMinor,
    });
    await this.post(tenantId, zone, fact, taken.postings);
    const touched = new Set(taken.items.map(({ invoiceId }) => invoiceId));
    await this.receivables.save(tenantId, reversedAt, state, touched);
  }

  /** It is held again, whatever of it had been used: what it had paid stays open until somebody uses it anew. */
  private async restoreDeposit(
    tenantId: string,
    zone: string,
    fact: PaymentReversalFact,
    payment: AppliedPaymentRow,
  ): Promise<void> {
    const lossMinor = Math.min(fact.amountMinor, payment.lossMinor ?? 0);
    const amount = fact.amountMinor - lossMinor;
    const held = draftPosting(
      `${fact.reversalId}/depositReceived/1`,
      'depositReceived',
      { amount },
      { ...fact, invoiceId: null },
    );
    await this.save(tenantId, payment, {
      ...{ creditMinor: payment.creditMinor, recoveredMinor: payment.recoveredMinor },
      reversedMinor: (payment.reversedMinor ?? 0) - fact.amountMinor,
      lossMinor: (payment.lossMinor ?? 0) - lossMinor,
    });
    await this.post(tenantId, zone, fact, [held, lossPosting(fact, lossMinor, 'back')]);
  }

  private async reopenItems(
    tenantId: string,
    { reversedAt, kind, reversalId }: TakenOut,
    state: Receivables,
    taken: ReturnType<typeof takeBack>,
  ): Promise<void> {
    const undone = { at: reversedAt, by: 'gateway', reason: `${kind} ${reversalId}` };
    for (const allocationId of taken.undone)
      await this.allocations.markUndone(tenantId, allocationId, undone);
    await this.allocations.insertMany(tenantId, reversedAt, taken.kept);
    for (const item of taken.items) state.items.set(item.invoiceId, item);
  }

  /** What paid a period or a top-up has no invoice to open again: what was used by then is a loss. */
  private async takeBackPrepaid(
    tenantId: string,
    zone: string,
    fact: PaymentReversalFact,
    payment: AppliedPaymentRow,
  ): Promise<void> {
    const { unusedMinor, lossMinor } = splitPrepaid(fact);
    await this.save(tenantId, payment, {
      creditMinor: payment.creditMinor,
      recoveredMinor: payment.recoveredMinor,
      reversedMinor: (payment.reversedMinor ?? 0) + fact.amountMinor,
      lossMinor: (payment.lossMinor ?? 0) + lossMinor,
    });
    const taken = await this.unused.takeBack(tenantId, zone, { ...fact, amountMinor: unusedMinor }, payment);
    await this.post(tenantId, zone, fact, [...taken, lossPosting(fact, lossMinor, 'out')]);
  }

  /** A period that was cut does not come back: what was won back for it is the account's credit. */
  private async restorePrepaid(
    tenantId: string,
    zone: string,
    fact: PaymentReversalFact,
    payment: AppliedPaymentRow,
  ): Promise<void> {
    const { creditedMinor, lossMinor, postings } = wonBackPrepaid(fact);
    await this.save(tenantId, payment, {
      creditMinor: payment.creditMinor + creditedMinor,
      recoveredMinor: payment.recoveredMinor,
      reversedMinor: (payment.reversedMinor ?? 0) - fact.amountMinor,
      lossMinor: (payment.lossMinor ?? 0) - lossMinor,
    });
    await this.post(tenantId, zone, fact, postings);
  }

  private save(
    tenantId: string,
    { paymentId, reversals = [] }: AppliedPaymentRow,
    change: Pick<AppliedPaymentRow, 'creditMinor' | 'recoveredMinor' | 'reversedMinor' | 'lossMinor'>,
  ): Promise<void> {
    return this.payments.change(tenantId, [{ paymentId, reversals, ...change }]);
  }

  private async post(
    tenantId: string,
    zone: string,
    { reversedAt }: PaymentReversalFact,
    postings: PostingDraft[],
  ): Promise<void> {
    const moving = postings.filter(({ lines }) => lines.length > 0);
    await this.postings.append(tenantId, moving.map(postedAt(tenantId, reversedAt, zone)));
  }
}
