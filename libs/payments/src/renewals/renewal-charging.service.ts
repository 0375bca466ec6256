import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type DueRenewal, type PaymentsBulkActivities, renewalKey } from '@tollkeeper/contracts';
import { isDuplicateKey } from '@tollkeeper/platform';
import { AccountFlags } from '../payers/account-flags.service';
import { type AttemptRow } from '../attempts/attempt.schema';
import { AttemptRepository } from '../attempts/attempt.repository';
import { AttemptService } from '../attempts/attempt.service';
import { isOpen } from '../domain/attempts/attempt-states';
import { TryBudget } from '../domain/retries/try-budget';
import type { Initiator } from '../domain/retries/retry-rules';
import { type ChosenPayer, PayerChoice } from '../attempts/payer-choice.service';
import { PaymentMethodRepository } from '../methods/payment-method.repository';
import type { RenewalSource } from '../methods/payment-method.schema';
import { topUpGateway } from '../received/payment.schema';
import { BalanceRenewals } from './balance-renewals.service';

type RenewalOutcome = Awaited<ReturnType<PaymentsBulkActivities['chargeRenewals']>>['outcomes'][0];

interface Asked {
  attempt: number;
  /** By hand: every request has an attempt of its own. */
  requestId: string | undefined;
  /** Ordered by a person. */
  ordered?: boolean | undefined;
  onlyReport?: boolean | undefined;
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
    private readonly choice: PayerChoice,
    private readonly sending: AttemptService,
    private readonly balances: BalanceRenewals,
    private readonly flags: AccountFlags,
  ) {}

  async chargeRenewals(
    tenantId: string,
    at: Instant,
    asked: Asked,
    renewals: DueRenewal[],
  ): Promise<RenewalOutcome[]> {
    const begun = await this.latestByPeriod(tenantId, renewals);
    if (asked.onlyReport) return renewals.map((renewal) => outcomeOf(renewal, begun));
    const wanting = renewals.filter((renewal) => this.needsNewAttempt(renewal, asked, begun));
    const fresh = await this.withoutStopped(tenantId, at, asked, wanting);
    const sources = await this.methods.renewalSources(
      tenantId,
      fresh.map(({ accountId }) => accountId),
    );
    const fromBalance = fresh
      .filter(({ accountId }) => sources.get(accountId) !== 'cardOnly')
      .map((renewal) => ({ renewal, key: keyOf(renewal, asked), reason: reasonOf(asked) }));
    const paid = await this.balances.pay(tenantId, at, fromBalance);
    const byCard = fresh.filter(({ subscriptionId }) => !paid.has(subscriptionId));
    const stored = await this.store(tenantId, await this.intents(tenantId, at, asked, byCard, sources));
    const interrupted = [...begun.values()].filter(({ state }) => state === 'created');
    await this.sending.send(tenantId, at, [...interrupted, ...stored]);
    const latest = await this.latestByPeriod(tenantId, renewals);
    const taken = new Set(fresh);
    return renewals.map((renewal) =>
      wanting.includes(renewal) && !taken.has(renewal) ? stoppedOutcome(renewal) : outcomeOf(renewal, latest),
    );
  }

  /** `autoPayOff`: nothing is taken, neither from the card nor from the balance, unless a person asks for it. */
  private async withoutStopped(
    tenantId: string,
    at: Instant,
    { requestId, ordered }: Asked,
    renewals: DueRenewal[],
  ): Promise<DueRenewal[]> {
    if (requestId !== undefined || ordered || renewals.length === 0) return renewals;
    const accountIds = renewals.map(({ accountId }) => accountId);
    const stopped = await this.flags.holding(tenantId, accountIds, 'autoPayOff', at);
    return renewals.filter(({ accountId }) => !stopped.has(accountId));
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
    asked: Asked,
    begun: ReadonlyMap<string, AttemptRow>,
  ): boolean {
    const known = begun.get(`${renewal.subscriptionId}/${renewal.from}`);
    return !known || (!settles(known) && known.key !== keyOf(renewal, asked));
  }

  /** Another attempt for the same period that is on its way keeps ours from being stored, and so from being sent. */
  private async store(tenantId: string, intents: AttemptRow[]): Promise<AttemptRow[]> {
    try {
      await this.attempts.insert(tenantId, intents);
      return intents;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return this.attempts.byIds(
        tenantId,
        intents.map(({ _id }) => _id),
      );
    }
  }

  private async intents(
    tenantId: string,
    at: Instant,
    asked: Asked,
    renewals: DueRenewal[],
    sources: ReadonlyMap<string, RenewalSource>,
  ): Promise<AttemptRow[]> {
    const initiator: Initiator = asked.requestId === undefined ? 'merchant' : 'payer';
    const accountIds = [...new Set(renewals.map(({ accountId }) => accountId))];
    const payers = await this.choice.of(tenantId, accountIds, initiator, at);
    const budget = new TryBudget();
    return renewals.map((renewal) => {
      const { accountId, amountMinor, currency, subscriptionId, offeringId, from, to } = renewal;
      const payer = payers.get(accountId);
      const usable = payer && payer.refusedBy === null && mayTry(budget, payer) ? payer.method : null;
      const wanted = {
        key: keyOf(renewal, asked),
        reason: reasonOf(asked),
        purpose: 'renewal' as const,
        initiator,
        ...{ accountId, amountMinor, currency, subscriptionId, offeringId, periodFrom: from, periodTo: to },
      };
      return sources.get(accountId) === 'balanceOnly'
        ? this.sending.intent(wanted, null, at, topUpGateway)
        : this.sending.intent(wanted, usable, at);
    });
  }
}

const mayTry = (budget: TryBudget, { method, triesLeft: left }: ChosenPayer): boolean =>
  budget.take({ ...method, left });

const reasonOf = ({ requestId }: Asked): string => requestId ?? 'renewal';

const keyOf = ({ subscriptionId, from }: DueRenewal, { attempt, requestId }: Asked): string =>
  `${renewalKey(subscriptionId, from)}/${requestId ?? attempt}`;

const settles = ({ state }: AttemptRow): boolean => state === 'succeeded' || isOpen(state);

/** Nobody was asked: the payer has to. */
const stoppedOutcome = ({ subscriptionId }: DueRenewal): RenewalOutcome => ({
  subscriptionId,
  state: 'declined',
  category: 'actionRequired',
});

function outcomeOf(
  { subscriptionId, from }: DueRenewal,
  latest: ReadonlyMap<string, AttemptRow>,
): RenewalOutcome {
  const row = latest.get(renewalKey(subscriptionId, from));
  if (!row || row.state === 'created') return { subscriptionId, state: 'unknown' };
  return {
    subscriptionId,
    state: row.state,
    ...(row.category ? { category: row.category } : {}),
    ...(row.state === 'succeeded' ? paidBy(row) : {}),
  };
}

const paidBy = ({
  decidedAt,
  offeringId,
  periodTo,
}: AttemptRow): Pick<RenewalOutcome, 'paidAt' | 'paid'> => ({
  ...(decidedAt ? { paidAt: decidedAt } : {}),
  ...(offeringId !== null && periodTo !== null ? { paid: { offeringId, to: periodTo } } : {}),
});
