import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { AttemptState, DeclineCategory, DueRenewal } from '@tollkeeper/contracts';
import { type AttemptRow } from './attempt.schema';
import { AttemptRepository } from './attempt.repository';
import { AttemptService } from './attempt.service';
import { isOpen } from './domain/attempt-states';
import { mayCharge } from './domain/retry-rules';
import { PaymentMethodRepository } from './payment-method.repository';

export interface RenewalOutcome {
  subscriptionId: string;
  state: AttemptState;
  category?: DeclineCategory;
}

const periodKey = ({
  subscriptionId,
  periodFrom,
}: {
  subscriptionId: string | null;
  periodFrom: string | null;
}): string => `${subscriptionId}/${periodFrom}`;

/** Plans paid in advance: no invoice, no debt; a period of a subscription is paid for once. */
@Injectable()
export class RenewalChargingService {
  constructor(
    private readonly attempts: AttemptRepository,
    private readonly methods: PaymentMethodRepository,
    private readonly sending: AttemptService,
  ) {}

  async chargeRenewals(
    tenantId: string,
    at: Instant,
    attempt: number,
    renewals: DueRenewal[],
  ): Promise<RenewalOutcome[]> {
    const begun = await this.latestByPeriod(tenantId, renewals);
    const fresh = renewals.filter((renewal) => this.needsNewAttempt(renewal, attempt, begun));
    const intents = await this.intents(tenantId, at, attempt, fresh);
    await this.attempts.insert(tenantId, intents);
    const interrupted = [...begun.values()].filter(({ state }) => state === 'created');
    const decided = await this.sending.send(tenantId, at, [...interrupted, ...intents]);
    const latest = new Map([...begun.values(), ...decided].map((row) => [periodKey(row), row]));
    return renewals.map((renewal) => outcomeOf(renewal, latest));
  }

  /** Per period the attempt that counts: one that took the money or may have, else the last one. */
  private async latestByPeriod(tenantId: string, renewals: DueRenewal[]): Promise<Map<string, AttemptRow>> {
    const subscriptionIds = renewals.map(({ subscriptionId }) => subscriptionId);
    const periods = [...new Set(renewals.map(({ from }) => from))];
    const rows = await this.attempts.ofRenewals(tenantId, subscriptionIds, periods);
    const byPeriod = new Map<string, AttemptRow>();
    for (const row of rows.sort(
      (left, right) => left.key.length - right.key.length || (left.key < right.key ? -1 : 1),
    )) {
      const known = byPeriod.get(periodKey(row));
      if (!known || !settles(known)) byPeriod.set(periodKey(row), row);
    }
    return byPeriod;
  }

  private needsNewAttempt(
    renewal: DueRenewal,
    attempt: number,
    begun: ReadonlyMap<string, AttemptRow>,
  ): boolean {
    const known = begun.get(`${renewal.subscriptionId}/${renewal.from}`);
    return !known || (!settles(known) && known.key !== keyOf(renewal, attempt));
  }

  private async intents(
    tenantId: string,
    at: Instant,
    attempt: number,
    renewals: DueRenewal[],
  ): Promise<AttemptRow[]> {
    const payers = await this.methods.payers(tenantId, [
      ...new Set(renewals.map(({ accountId }) => accountId)),
    ]);
    return renewals.map((renewal) => {
      const { accountId, amountMinor, currency, subscriptionId, offeringId, from, to } = renewal;
      const method = payers.get(accountId)?.method ?? null;
      const usable = method && mayCharge(method.lastDecline, 'merchant') ? method : null;
      const key = keyOf(renewal, attempt);
      const period = { periodFrom: from, periodTo: to };
      const wanted = {
        key,
        reason: 'renewal',
        purpose: 'renewal' as const,
        accountId,
        amountMinor,
        currency,
      };
      return this.sending.intent({ ...wanted, subscriptionId, offeringId, ...period }, usable, at);
    });
  }
}

const keyOf = ({ subscriptionId, from }: DueRenewal, attempt: number): string =>
  `${subscriptionId}/${from}/${attempt}`;

const settles = ({ state }: AttemptRow): boolean => state === 'succeeded' || isOpen(state);

function outcomeOf(
  { subscriptionId, from }: DueRenewal,
  latest: ReadonlyMap<string, AttemptRow>,
): RenewalOutcome {
  const row = latest.get(`${subscriptionId}/${from}`);
  if (!row || row.state === 'created') return { subscriptionId, state: 'unknown' };
  return { subscriptionId, state: row.state, ...(row.category ? { category: row.category } : {}) };
}
