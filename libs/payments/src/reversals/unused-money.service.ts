import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { unusedMinor } from '../domain/unused-part';
import type { PaymentRow } from '../received/payment.schema';
import { BalanceRepository } from '../top-ups/balance.repository';

/** Money paid in advance that its payer took back: what of it had not been used by then. */
@Injectable()
export class UnusedMoney {
  constructor(private readonly balances: BalanceRepository) {}

  /** In the transaction that books the reversal: a top-up balance gives what it still has. */
  async take(
    tenantId: string,
    at: Instant,
    payment: PaymentRow,
    { reversalId, amountMinor }: { reversalId: string; amountMinor: number },
  ): Promise<number> {
    if (payment.purpose === 'renewal') return Math.min(amountMinor, unusedOf(payment, at));
    if (payment.purpose !== 'topUp') return 0;
    const { accountId, currency, _id: paymentId } = payment;
    const balanceMinor = (await this.balances.find(tenantId, accountId))?.balanceMinor ?? 0;
    const takenMinor = Math.min(amountMinor, balanceMinor);
    if (takenMinor === 0) return 0;
    const move = { key: `${reversalId}/out`, accountId, what: 'takenBack' as const, currency, at, paymentId };
    const moved = await this.balances.move(tenantId, { ...move, amountMinor: -takenMinor });
    // Spent in between: the transaction starts again and sees what is left then.
    if (!moved) throw new Error(`the balance of ${accountId} changed while ${reversalId} was booked`);
    return takenMinor;
  }
}

/** Whole days that are still to come, less what has gone back already. */
export function unusedOf(
  {
    renewal,
    amountMinor,
    refundedMinor,
    reversedMinor = 0,
  }: Pick<PaymentRow, 'renewal' | 'amountMinor' | 'refundedMinor' | 'reversedMinor'>,
  at: Instant,
): number {
  if (!renewal) return 0;
  const { from, to } = renewal;
  const unusedFrom = at > from ? at : from;
  const unused = unusedMinor({ amountMinor, from, to, unusedFrom, rounding: 'down' });
  return Math.max(0, Math.min(unused, amountMinor - refundedMinor) - reversedMinor);
}
