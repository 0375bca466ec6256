import { Injectable } from '@nestjs/common';
import { localDateOf } from '@tollkeeper/calendar';
import type { FactBatch, RefundFact } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { RevenueScheduleService } from '../books/revenue-schedule.service';
import { CopyRepository } from '../copies/copy.repository';
import { promiseKey } from '../domain/ledger/promise-refund';
import { draftPosting, type PostingDraft } from '../domain/ledger/posting-draft';
import { giveBackRenewal, giveBackTopUp } from '../domain/ledger/prepaid-sale';
import { postedAt } from './books-day';
import { PaymentRepository } from './payment.repository';
import type { AppliedPaymentRow } from './payment.schema';
import { PostingRepository } from './posting.repository';

const postedAs = ({ refundId, of, gateway }: RefundFact): string => {
  const renewal = gateway === 'topUp' ? 'renewalReturnedToTopUp' : 'renewalRefunded';
  const rules = { credit: 'refund', deposit: 'depositReturned', topUp: 'topUpRefunded', renewal } as const;
  return `${refundId}/${rules[of]}`;
};

/** Money that went back, out of the liability in which it lay. It has moved already: nothing is refused here. */
@Injectable()
export class RefundService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly payments: PaymentRepository,
    private readonly postings: PostingRepository,
    private readonly schedules: RevenueScheduleService,
    private readonly copies: CopyRepository,
  ) {}

  async receiveRefunds({ tenantId, facts }: FactBatch<'refundMade'>): Promise<void> {
    const zone = (await this.copies.tenant(tenantId))?.zone;
    if (!zone) throw new Error(`The profile of tenant ${tenantId} has not arrived yet`);
    for (const fact of facts) {
      if (fact.failed) {
        await this.db.transaction(() => this.failAfterAll(tenantId, fact, zone));
        continue;
      }
      await this.db.transaction(async () => {
        const promised = await this.promisedBefore(tenantId, fact);
        const key = promised ? `${fact.refundId}/promisePaid` : postedAs(fact);
        const known = await this.postings.known(tenantId, [`${tenantId}/${key}`]);
        if (known.size > 0) return;
        const posting = promised
          ? draftPosting(key, 'promisePaid', { amount: fact.amountMinor }, fact)
          : await this.giveBack(tenantId, fact, zone);
        await this.postings.append(tenantId, [postedAt(tenantId, fact.refundedAt, zone)(posting)]);
      });
    }
  }

  /** The gateway has the money again; what the payer is owed leaves by bank. */
  private async failAfterAll(tenantId: string, fact: RefundFact, zone: string): Promise<void> {
    const key = `${fact.refundId}/refundFailed`;
    const made = [postedAs(fact), `${fact.refundId}/promisePaid`].map((each) => `${tenantId}/${each}`);
    const known = await this.postings.known(tenantId, [`${tenantId}/${key}`, ...made]);
    if (known.has(`${tenantId}/${key}`)) return;
    if (!made.some((each) => known.has(each))) throw new Error(`Refund ${fact.refundId} has not arrived yet`);
    const amounts = { amount: fact.amountMinor };
    const byBank = { ...fact, gateway: 'bank' };
    const postings = [
      draftPosting(key, 'refundFailed', amounts, fact),
      draftPosting(`${fact.refundId}/promisePaid/bank`, 'promisePaid', amounts, byBank),
    ];
    await this.postings.append(tenantId, postings.map(postedAt(tenantId, fact.refundedAt, zone)));
  }

  private async promisedBefore(tenantId: string, { of, requestKey }: RefundFact): Promise<boolean> {
    if (requestKey === undefined || (of !== 'credit' && of !== 'deposit')) return false;
    const ids = [`${tenantId}/${promiseKey(requestKey, of)}`];
    return (await this.postings.known(tenantId, ids)).size > 0;
  }

  private async giveBack(tenantId: string, fact: RefundFact, zone: string): Promise<PostingDraft> {
    const about = { ...fact, id: fact.refundId };
    if (fact.of === 'credit')
      return draftPosting(postedAs(fact), 'refund', { amount: fact.amountMinor }, about);
    if (fact.of === 'deposit')
      return draftPosting(postedAs(fact), 'depositReturned', { amount: fact.amountMinor }, about);
    const lots = (await this.payments.topUpsOf(tenantId, [fact.accountId])).filter(
      ({ currency }) => currency === fact.currency,
    );
    if (fact.of === 'renewal') return this.giveBackPeriod(tenantId, fact, zone, lots);
    const { posting, lots: changed } = giveBackTopUp(about, lots);
    await this.payments.change(
      tenantId,
      changed.map(({ paymentId, takenMinor }) => ({ paymentId, takenMinor })),
    );
    return posting;
  }

  /** The days that are given back are recognised no more; the payment is reloaded, it may be on its way still. */
  private async giveBackPeriod(
    tenantId: string,
    fact: RefundFact,
    zone: string,
    lots: AppliedPaymentRow[],
  ): Promise<PostingDraft> {
    const { refundId, paymentId, renewal, refundedAt } = fact;
    if (paymentId === null) throw new Error(`Refund ${refundId} of a renewal does not name its payment`);
    const [sold] = await this.payments.findMany(tenantId, [paymentId]);
    if (!sold) throw new Error(`Payment ${paymentId} of refund ${refundId} has not arrived yet`);
    const back = giveBackRenewal({ ...fact, paymentId, id: refundId }, sold, lots);
    await this.payments.change(tenantId, [
      { paymentId, ...back.renewal },
      ...back.lots.map((lot) => ({ paymentId: lot.paymentId, takenMinor: lot.takenMinor })),
    ]);
    if (renewal)
      await this.schedules.shorten(
        tenantId,
        { liability: 'contractLiability:prepaidPeriod', paymentId },
        {
          endsOn: localDateOf(renewal.unusedFrom, zone),
          on: localDateOf(refundedAt, zone),
          reversedMinor: back.reversedMinor,
          cause: refundId,
        },
      );
    return back.posting;
  }
}
