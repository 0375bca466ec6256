import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { Log } from '@tollkeeper/platform';
import { type AttemptRow } from './attempt.schema';
import { AttemptRepository } from './attempt.repository';
import { groupsOf, mapBounded } from './domain/bounded-calls';
import { nextLookUpAt, nextPendingLookUpAt } from './domain/look-up-pauses';
import {
  type ChargeOutcome,
  type Finding,
  type PaymentGateway,
  paymentGateway,
} from './gateway/payment-gateway';
import { realMsSince } from './gateway/real-time';
import { OutcomeService } from './outcome.service';
import { stillAlive } from './still-alive';

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
    private readonly log: Log,
    @Inject(paymentGateway) private readonly gateway: PaymentGateway,
  ) {}

  async resolveUnknown(
    tenantId: string,
    at: Instant,
    limit: number,
  ): Promise<{ resolved: number; more: boolean }> {
    await this.letGatewaySettle(tenantId, at);
    const due = await this.attempts.dueForLookUp(tenantId, at, limit);
    await this.waitForGatewayTimeOut(due);
    let resolved = 0;
    for (const group of groupsOf(due, groupSize)) {
      resolved += await this.resolveGroup(tenantId, at, group);
      stillAlive();
    }
    return { resolved, more: due.length === limit };
  }

  private async resolveGroup(tenantId: string, at: Instant, group: AttemptRow[]): Promise<number> {
    const findings = await mapBounded(group, callsAtOnce, async (attempt) => {
      const timedOut = realMsSince(attempt.sentAt) >= this.gateway.booksWithinMs;
      const finding = await this.gateway.lookUp(tenantId, attempt.key);
      return {
        attempt,
        outcome: readFinding(attempt.state, finding, timedOut),
      };
    });
    const decisions = new Map<string, ChargeOutcome>();
    const open: AttemptRow[] = [];
    for (const { attempt, outcome } of findings) {
      if (outcome) decisions.set(attempt._id, outcome);
      else open.push(attempt);
    }
    if (decisions.size > 0) await this.outcomes.record(tenantId, at, decisions);
    await this.attempts.postpone(
      tenantId,
      open.map((attempt) => ({ attempt, until: nextQuestionAt(attempt, at) })),
    );
    return decisions.size;
  }

  /** What a simulator owes by now reaches us by its webhooks before we ask. */
  private async letGatewaySettle(tenantId: string, at: Instant): Promise<void> {
    await this.gateway.runDue(tenantId, at).catch((error: unknown) => {
      this.log.logger.warn(
        { err: error, tenantId },
        'the gateway could not run what is due; it is told again next time',
      );
    });
  }

  /**
   * Whether the gateway may still book a charge is a matter of real time, also under a test clock that has jumped
   * ahead: this wait, at most the gateway's own time-out, keeps the clock back meanwhile.
   */
  private async waitForGatewayTimeOut(due: AttemptRow[]): Promise<void> {
    const waiting = due.filter(({ state }) => state !== 'pending');
    const remainingMs = Math.max(
      0,
      ...waiting.map(({ sentAt }) => this.gateway.booksWithinMs - realMsSince(sentAt)),
    );
    if (remainingMs > 0) await pause(Math.min(remainingMs, this.gateway.booksWithinMs) + timerSlackMs);
  }
}

const nextQuestionAt = ({ state, lookUps }: AttemptRow, at: Instant): Instant =>
  state === 'pending' ? nextPendingLookUpAt(at) : nextLookUpAt(at, lookUps + 1);

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
