import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type DueRenewal, renewalKey } from '@tollkeeper/contracts';
import { isDuplicateKey, ServiceDatabase } from '@tollkeeper/platform';
import { AttemptRepository } from '../attempts/attempt.repository';
import { AttemptService } from '../attempts/attempt.service';
import { OutcomeService } from '../attempts/outcome.service';
import { topUpGateway } from '../received/payment.schema';
import { BalanceRepository } from '../top-ups/balance.repository';

/** Renewals that the top-up balance pays: money, payment and news are one transaction, or nothing. */
@Injectable()
export class BalanceRenewals {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly balances: BalanceRepository,
    private readonly attempts: AttemptRepository,
    private readonly sending: AttemptService,
    private readonly outcomes: OutcomeService,
  ) {}

  /** Subscriptions whose renewal is paid now; one after the other, so that each sees what the last one left. */
  async pay(
    tenantId: string,
    at: Instant,
    renewals: readonly { renewal: DueRenewal; key: string; reason: string }[],
  ): Promise<Set<string>> {
    const balances = await this.balances.ofAccounts(tenantId, [
      ...new Set(renewals.map(({ renewal: { accountId } }) => accountId)),
    ]);
    const paid = new Set<string>();
    for (const wanted of renewals) {
      const { accountId, amountMinor, subscriptionId } = wanted.renewal;
      if ((balances.get(accountId)?.balanceMinor ?? 0) < amountMinor) continue;
      if (await this.payOne(tenantId, at, wanted)) paid.add(subscriptionId);
    }
    return paid;
  }

  private async payOne(
    tenantId: string,
    at: Instant,
    { renewal, key, reason }: { renewal: DueRenewal; key: string; reason: string },
  ): Promise<boolean> {
    const { accountId, amountMinor, currency, subscriptionId, offeringId, from, to } = renewal;
    const money = { accountId, amountMinor, currency, subscriptionId };
    const period = { offeringId, periodFrom: from, periodTo: to };
    const wanted = { key, reason, purpose: 'renewal' as const, ...money, ...period };
    const booked = this.database.transaction(async () => {
      const intent = { ...this.sending.intent(wanted, null, at, topUpGateway), card: 'top-up balance' };
      const move = { ...money, key: renewalKey(subscriptionId, from), what: 'renewal' as const, at };
      const entry = await this.balances.move(tenantId, {
        ...move,
        amountMinor: -amountMinor,
        paymentId: intent.paymentId,
      });
      if (!entry) return false;
      await this.attempts.insert(tenantId, [intent]);
      const outcome = { state: 'succeeded' as const, gatewayId: entry._id, networkTransactionId: null };
      await this.outcomes.record(tenantId, at, new Map([[intent._id, outcome]]));
      return true;
    });
    return booked.catch((error: unknown) => {
      // Someone else pays or has paid this very period.
      if (isDuplicateKey(error)) return false;
      throw error;
    });
  }
}
