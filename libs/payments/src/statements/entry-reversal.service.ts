import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { conflict } from '@tollkeeper/platform';
import { hasMovedOn } from '../domain/payment-states';
import { heldMinor, standingParts } from '../domain/statements/undo-entry';
import { PaymentRepository } from '../received/payment.repository';
import { ReversalService } from '../reversals/reversal.service';
import { BankEntryRepository } from './bank-entry.repository';
import type { BankEntryRow } from './bank-entry.schema';
import { SuspenseNews } from './suspense-news.service';

@Injectable()
export class EntryReversal {
  constructor(
    private readonly entries: BankEntryRepository,
    private readonly payments: PaymentRepository,
    private readonly reversals: ReversalService,
    private readonly suspense: SuspenseNews,
  ) {}

  /**
   * The bank took an entry back. Payments of it are returned and open their invoices again; what lay in suspense
   * leaves it. Where it is not certain which entry is meant, or part of it has moved on, a person decides.
   */
  async reverse(tenantId: string, entry: BankEntryRow, at: Instant): Promise<Partial<BankEntryRow>> {
    const [original, another] = await this.entries.reversible(tenantId, entry);
    if (!original || another || original.settlement) return { state: 'unmatched' };
    const payments = await this.payments.byIds(
      tenantId,
      standingParts(original.parts).map(({ paymentId }) => paymentId),
    );
    if (payments.some(hasMovedOn)) return { state: 'unmatched' };
    const held = heldMinor(original);
    if (held > 0) await this.suspense.tell(tenantId, at, original, 'reversed', held, 'bank', at);
    for (const [no, payment] of payments.entries())
      await this.reversals.takeBack(tenantId, at, payment, {
        ...{ kind: 'returned', returnId: `${entry._id}.${no + 1}`, gatewayId: payment._id },
        ...{ amountMinor: payment.amountMinor, reason: 'takenBackByBank', byPayer: false },
      });
    const reversed = { state: 'reversed', otherEntryId: entry._id } as const;
    if (!(await this.entries.decide(tenantId, original._id, [original.state], reversed)))
      throw conflict('entryChanged', `Bank entry ${original._id} was changed meanwhile.`);
    return { state: 'booked', matchedBy: 'reversal', otherEntryId: original._id };
  }
}
