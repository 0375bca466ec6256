import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { stopIfCancelled } from '@tollkeeper/platform';
import { type AttemptRow } from './attempt.schema';
import { AttemptRepository } from './attempt.repository';
import { groupsOf, mapBounded } from '../domain/attempts/bounded-calls';
import { nextQuestionAt } from '../domain/attempts/look-up-pauses';
import { Gateways } from '../gateway/gateways';
import type { CancelOutcome, ChargeOutcome, Finding } from '../gateway/payment-gateway';
import { realMsSince, waitInPlaceMs } from '../gateway/real-time';
import { isOtherAmount } from './decide-attempt';
import { OutcomeService } from './outcome.service';
import { unansweredLookUps } from '../payment-metrics';

const callsAtOnce = 8;
const groupSize = 32;
/** A timer may fire a little early; a question asked too early would count for nothing. */
const timerSlackMs = 50;

/** Asks the gateway what became of charges; never charges. */
@Injectable()
export class LookUpService {
  constructor(
    private readonly attempts: AttemptRepository,
    private readonly outcomes: OutcomeService,
    private readonly gateways: Gateways,
  ) {}

  async resolveUnknown(
    tenantId: string,
    at: Instant,
    limit: number,
  ): Promise<{ resolved: number; more: boolean }> {
    await this.gateways.runDue(tenantId, at);
    const due = await this.attempts.dueForLookUp(tenantId, at, limit);
    await this.waitForGatewayTimeOut(due);
    let resolved = 0;
    for (const group of groupsOf(due, groupSize)) {
      resolved += await this.resolveGroup(tenantId, at, group);
      stopIfCancelled();
    }
    return { resolved, more: due.length === limit };
  }

  private async resolveGroup(tenantId: string, at: Instant, group: AttemptRow[]): Promise<number> {
    const findings = await mapBounded(group, callsAtOnce, async (attempt) => {
      const gateway = this.gateways.of(attempt.gateway);
      if (attempt.state === 'requiresAction')
        return { attempt, outcome: await this.cancel(tenantId, at, attempt) };
      const timedOut = realMsSince(attempt.sentAt) >= gateway.booksWithinMs;
      const finding = await gateway.lookUp(tenantId, attempt.key);
      if (finding.state === 'unavailable') unansweredLookUps.inc({ gateway: attempt.gateway });
      if (isOtherAmount(attempt, finding)) return { attempt, outcome: null, isOther: true };
      return { attempt, outcome: readFinding(attempt.state, finding, timedOut) };
    });
    const decisions = new Map<string, ChargeOutcome>();
    const open: { attempt: AttemptRow; until: Instant | null }[] = [];
    for (const { attempt, outcome, isOther = false } of findings) {
      if (outcome) decisions.set(attempt._id, outcome);
      else open.push({ attempt, until: isOther ? null : nextQuestionAt(attempt, at) });
    }
    if (decisions.size > 0) await this.outcomes.record(tenantId, at, decisions);
    await this.attempts.postpone(tenantId, open);
    return decisions.size;
  }

  /** Its debt was paid otherwise, and the gateway could not be told so at once. */
  private async cancel(tenantId: string, at: Instant, { key, gateway, gatewayId }: AttemptRow) {
    return decidedBy(await this.gateways.of(gateway).cancel({ tenantId, at, key, gatewayId }));
  }

  /**
   * Whether the gateway may still book a charge is a matter of real time, also under a test clock that has jumped
   * ahead: this wait keeps the clock back meanwhile. A gateway whose books may lag for an hour is asked again later.
   */
  private async waitForGatewayTimeOut(due: AttemptRow[]): Promise<void> {
    const waiting = due.filter(({ state }) => state !== 'pending' && state !== 'requiresAction');
    const remainingMs = waiting.map(({ gateway, sentAt }) =>
      waitInPlaceMs(this.gateways.of(gateway).booksWithinMs, realMsSince(sentAt)),
    );
    const longestMs = Math.max(0, ...remainingMs);
    if (longestMs > 0) await pause(longestMs + timerSlackMs);
  }
}

/** What an answer to a cancelling decides, or null when it has to be tried again. */
export const decidedBy = (outcome: CancelOutcome): ChargeOutcome | null =>
  outcome.state === 'cancelled' || outcome.state === 'succeeded' || outcome.state === 'declined'
    ? outcome
    : null;

/** What a finding decides, or null when the question stays open. */
export function readFinding(
  state: AttemptRow['state'],
  finding: Finding,
  timedOut: boolean,
): ChargeOutcome | null {
  if (finding.state === 'unavailable' || finding.state === state) return null;
  if (finding.state !== 'notFound') return finding;
  return timedOut && state !== 'pending' ? { state: 'gatewayFailure', cause: 'neverBooked' } : null;
}
