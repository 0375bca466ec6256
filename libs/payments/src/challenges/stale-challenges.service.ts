import { Injectable } from '@nestjs/common';
import { addDuration, type Instant } from '@tollkeeper/calendar';
import type { PayableFact } from '@tollkeeper/contracts';
import { AttemptRepository } from '../attempts/attempt.repository';
import type { AttemptRow } from '../attempts/attempt.schema';
import { decidedBy } from '../attempts/look-up.service';
import { OutcomeService } from '../attempts/outcome.service';
import { mapBounded } from '../domain/attempts/bounded-calls';
import { isStale } from '../domain/attempts/stale-challenges';
import { Gateways } from '../gateway/gateways';
import type { ChargeOutcome } from '../gateway/payment-gateway';

const callsAtOnce = 8;
/** A gateway that can't be reached now is told again with the look-ups, from the next daily round on. */
const againAfter = { hours: 1 };

/** Charges that wait for their card holders, when their debt is paid otherwise: nobody shall confirm them any more. */
@Injectable()
export class StaleChallenges {
  constructor(
    private readonly attempts: AttemptRepository,
    private readonly outcomes: OutcomeService,
    private readonly gateways: Gateways,
  ) {}

  /** In the transaction that hears of the debt, so that no crash forgets it. */
  async mark(tenantId: string, at: Instant, facts: readonly PayableFact[]): Promise<AttemptRow[]> {
    const now = new Map(facts.map((fact) => [fact.invoiceId, fact]));
    const waiting = await this.attempts.waitingForHolder(tenantId, [...now.values()]);
    const stale = waiting
      .filter((attempt) => isStale(attempt, now.get(attempt.invoiceId ?? '')))
      .map((attempt) => ({ ...attempt, cancelsSince: at, nextLookUpAt: addDuration(at, againAfter) }));
    if (stale.length > 0) await this.attempts.beginCancelling(tenantId, stale);
    return stale;
  }

  /** After it, at once. What fails here is done by the daily round. */
  async cancel(tenantId: string, at: Instant, stale: readonly AttemptRow[]): Promise<void> {
    const answers = await mapBounded(stale, callsAtOnce, async ({ _id, key, gateway, gatewayId }) => {
      const answer = await this.gateways.of(gateway).cancel({ tenantId, at, key, gatewayId });
      return { _id, outcome: decidedBy(answer) };
    });
    const decided = new Map<string, ChargeOutcome>();
    for (const { _id, outcome } of answers) if (outcome) decided.set(_id, outcome);
    if (decided.size > 0) await this.outcomes.record(tenantId, at, decided);
  }
}
