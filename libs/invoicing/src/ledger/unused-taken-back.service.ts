import { Injectable } from '@nestjs/common';
import { localDateOf } from '@tollkeeper/calendar';
import type { PaymentReversalFact } from '@tollkeeper/contracts';
import { RevenueScheduleService } from '../books/revenue-schedule.service';
import type { PostingDraft } from '../domain/ledger/posting-draft';
import { giveBackRenewal, giveBackTopUp } from '../domain/ledger/prepaid-sale';
import { PaymentRepository } from './payment.repository';
import type { AppliedPaymentRow } from './payment.schema';

/** Money paid in advance that was taken back before it was used: the sale is undone as far as it goes, its tax with it. */
@Injectable()
export class UnusedTakenBack {
  constructor(
    private readonly payments: PaymentRepository,
    private readonly schedules: RevenueScheduleService,
  ) {}

  /** `fact.amountMinor` is what was not used. */
  async takeBack(
    tenantId: string,
    zone: string,
    fact: PaymentReversalFact,
    payment: AppliedPaymentRow,
  ): Promise<PostingDraft[]> {
    if (fact.amountMinor === 0) return [];
    if (payment.purpose === 'topUp') return [await this.fromBalance(tenantId, fact)];
    return payment.purpose === 'renewal' ? [await this.fromPeriod(tenantId, zone, fact, payment)] : [];
  }

  private async fromBalance(tenantId: string, fact: PaymentReversalFact): Promise<PostingDraft> {
    const lots = (await this.payments.topUpsOf(tenantId, [fact.accountId])).filter(
      ({ currency }) => currency === fact.currency,
    );
    const { posting, lots: changed } = giveBackTopUp(
      { ...fact, id: fact.reversalId },
      lots,
      'topUpTakenBack',
    );
    await this.payments.change(
      tenantId,
      changed.map(({ paymentId, takenMinor }) => ({ paymentId, takenMinor })),
    );
    return posting;
  }

  private async fromPeriod(
    tenantId: string,
    zone: string,
    { renewal, ...fact }: PaymentReversalFact,
    sold: AppliedPaymentRow,
  ): Promise<PostingDraft> {
    const { paymentId, reversalId, reversedAt } = fact;
    const back = giveBackRenewal({ ...fact, id: reversalId }, sold, [], 'renewalTakenBack');
    await this.payments.change(tenantId, [{ paymentId, ...back.renewal }]);
    if (renewal)
      await this.schedules.shorten(
        tenantId,
        { liability: 'contractLiability:prepaidPeriod', paymentId },
        {
          endsOn: localDateOf(reversedAt > renewal.from ? reversedAt : renewal.from, zone),
          on: localDateOf(reversedAt, zone),
          reversedMinor: back.reversedMinor,
          cause: reversalId,
        },
      );
    return back.posting;
  }
}
