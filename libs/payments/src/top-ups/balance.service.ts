import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type PaymentRow } from '../received/payment.schema';
import { BalanceRepository } from './balance.repository';
import { RenewalWakes } from '../renewals/renewal-wakes.service';

/** Money that came to be kept on the top-up balance. */
@Injectable()
export class BalanceService {
  constructor(
    private readonly balances: BalanceRepository,
    private readonly wakes: RenewalWakes,
  ) {}

  /** In the transaction that books the payment: the two are never there without each other. */
  async credit(tenantId: string, at: Instant, payment: PaymentRow): Promise<void> {
    const { _id: paymentId, accountId, amountMinor, currency } = payment;
    const move = { key: paymentId, accountId, what: 'topUp' as const, amountMinor, currency, at, paymentId };
    await this.balances.move(tenantId, move);
    await this.wakes.wake(tenantId, accountId, paymentId, at);
  }
}
