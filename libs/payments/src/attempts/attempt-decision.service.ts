import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  notFound,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { AttemptRepository } from './attempt.repository';
import type { AttemptRow } from './attempt.schema';
import { isOpen } from '../domain/attempts/attempt-states';
import type { ChargeOutcome } from '../gateway/payment-gateway';
import { PaymentRepository } from '../received/payment.repository';
import { OutcomeService } from './outcome.service';

interface Decision {
  attemptId: string;
  paid: boolean;
  /** The charge in the gateway's books; set when paid. */
  gatewayId: string | null;
  reason: string;
}

/** A person with the gateway's books open says what became of a charge that nobody else can tell of. */
@Injectable()
export class AttemptDecision {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly attempts: AttemptRepository,
    private readonly outcomes: OutcomeService,
    private readonly payments: PaymentRepository,
  ) {}

  async decide(principal: Principal, { attemptId, paid, gatewayId, reason }: Decision): Promise<AttemptRow> {
    const { tenantId } = principal;
    if (paid === (gatewayId === null))
      throw badInput(
        'gatewayId',
        paid ? 'A charge that was paid has an id at the gateway.' : 'What was not paid has no charge.',
        "Look the attempt's key up in the gateway's books.",
      );
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      const [before] = await this.attempts.byIds(tenantId, [attemptId]);
      if (!before) throw notFound('attempt', attemptId);
      if (!isOpen(before.state))
        throw conflict('attemptDecided', `The attempt is ${before.state}.`, 'Nothing is left to decide.');
      const booked = gatewayId && (await this.payments.byCharge(tenantId, before.gateway, gatewayId));
      if (booked)
        throw conflict(
          'chargeBooked',
          `Charge ${gatewayId} is payment ${booked._id} already.`,
          "Look for the charge that bears this attempt's key.",
        );
      const outcome: ChargeOutcome =
        gatewayId !== null
          ? { state: 'succeeded', gatewayId, networkTransactionId: null }
          : { state: 'gatewayFailure', cause: 'decidedByPerson' };
      const [after = before] = await this.outcomes.record(tenantId, at, new Map([[attemptId, outcome]]));
      await this.audit.record(principal, {
        ...{ at, what: 'decideAttempt', entity: attemptId, reason },
        before: { state: before.state },
        after: { state: after.state, gatewayId },
      });
      return after;
    });
  }
}
