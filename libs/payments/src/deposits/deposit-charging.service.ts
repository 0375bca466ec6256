import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { DepositActivities, DepositBulkActivities } from '@tollkeeper/contracts';
import { refund as refundProcess } from '@tollkeeper/contracts';
import { isDuplicateKey, Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { AttemptRepository } from '../attempts/attempt.repository';
import type { AttemptRow } from '../attempts/attempt.schema';
import { AttemptService } from '../attempts/attempt.service';
import { CollectionRepository } from '../dunning/collection.repository';
import { isOpen } from '../domain/attempts/attempt-states';
import { PayerChoice } from '../attempts/payer-choice.service';
import { RefundRepository } from '../refunds/refund.repository';

type Charge = Parameters<DepositBulkActivities['chargeDeposit']>[0];
type Refund = Parameters<DepositActivities['refundDeposit']>[0];

/** A deposit is charged like a top-up: once per key, and kept for the customer. */
@Injectable()
export class DepositCharging {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly attempts: AttemptRepository,
    private readonly choice: PayerChoice,
    private readonly sending: AttemptService,
    private readonly collections: CollectionRepository,
    private readonly refunds: RefundRepository,
  ) {}

  /** An earlier attempt that took the money, or may have, stands for the new one. */
  async charge(charge: Charge): ReturnType<DepositBulkActivities['chargeDeposit']> {
    const { tenantId, accountId, key, attempt, at } = charge;
    const before = await this.attempts.byReason(tenantId, accountId, key);
    const known =
      before.find(({ state }) => state === 'succeeded' || isOpen(state)) ??
      before.find((row) => row.key === attemptKey(key, attempt));
    const row = known ?? (await this.begin(charge));
    const [sent = row] = row.state === 'created' ? await this.sending.send(tenantId, at, [row]) : [row];
    const state = sent.state === 'created' ? 'unknown' : sent.state;
    return { state, paymentId: state === 'succeeded' ? sent.paymentId : null };
  }

  async lateSince({ tenantId, accountId, since, at }: Parameters<DepositActivities['lateSince']>[0]) {
    const latest = await this.collections.latestOf(tenantId, accountId);
    if (!latest) return { lateAt: null };
    const lateAt = latest.state === 'open' ? at : (latest.closedAt ?? at);
    return { lateAt: lateAt > since ? lateAt : null };
  }

  /** The refund's process asks the books for the money first, so that it is not spent twice. */
  async refund({ tenantId, accountId, key, amountMinor, reason, at }: Refund) {
    const requestKey = `deposit/${key}`;
    await this.database.transaction(async () => {
      if ((await this.refunds.ofRequest(tenantId, requestKey)).length > 0) return;
      const deposit = { amountMinor, reason };
      await this.outbox.start(refundProcess, [{ tenantId, at, accountId, requestKey, deposit }]);
    });
    return { requestKey };
  }

  private async begin(charge: Charge): Promise<AttemptRow> {
    const { tenantId, accountId, key, attempt, at } = charge;
    const payer = (await this.choice.of(tenantId, [accountId], 'payer', at)).get(accountId);
    const usable = payer && payer.refusedBy === null ? payer.method : null;
    const row = this.sending.intent(intentOf(charge), usable, at);
    try {
      await this.attempts.insert(tenantId, [row]);
      return row;
    } catch (error) {
      const other = isDuplicateKey(error)
        ? await this.attempts.byKey(tenantId, attemptKey(key, attempt))
        : null;
      if (!other) throw error;
      return other;
    }
  }
}

const attemptKey = (key: string, attempt: number): string => `${key}/${attempt}`;

const intentOf = ({ key, attempt, accountId, amountMinor, currency }: Charge & { at: Instant }) => ({
  key: attemptKey(key, attempt),
  reason: key,
  purpose: 'deposit' as const,
  initiator: 'payer' as const,
  ...{ accountId, amountMinor, currency },
});
