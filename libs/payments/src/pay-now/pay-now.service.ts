import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type AttemptState, payNow } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  conflict,
  newId,
  Outbox,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { type AttemptRow } from '../attempts/attempt.schema';
import { AttemptRepository } from '../attempts/attempt.repository';
import { ChargingService } from '../attempts/charging.service';
import { overallState } from '../domain/attempts/attempt-states';
import { availableMinor } from '../domain/attempts/reservations';
import { PayableRepository } from '../payables/payable.repository';
import { PayerChoice } from '../attempts/payer-choice.service';
import { LinkCharging } from '../pay-links/link-charging.service';
import { PayRequestRepository } from './pay-request.repository';
import { type PayRequestRow } from './pay-request.schema';

/** A payer, or a care agent for them, pays all that is open: the door only asks, a process charges. */
@Injectable()
export class PayNowService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly requests: PayRequestRepository,
    private readonly payables: PayableRepository,
    private readonly choice: PayerChoice,
    private readonly attempts: AttemptRepository,
    private readonly charging: ChargingService,
    private readonly linkCharging: LinkCharging,
  ) {}

  async request(principal: Principal, accountId: string): Promise<PayRequestRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    await this.refuseTheHopeless(tenantId, accountId, at);
    const row: PayRequestRow = { _id: newId('req'), accountId, requestedAt: at, outcome: null };
    return this.database.transaction(async () => {
      await this.requests.insert(tenantId, row);
      await this.audit.record(principal, { at, what: 'payNow', entity: row._id, after: { accountId } });
      await this.outbox.start(payNow, [{ tenantId, at, requestId: row._id, accountId }]);
      return row;
    });
  }

  async find(
    tenantId: string,
    requestId: string,
  ): Promise<{ request: PayRequestRow; attempts: AttemptRow[] } | null> {
    const request = await this.requests.one(tenantId, requestId);
    if (!request) return null;
    return { request, attempts: await this.attempts.byReason(tenantId, request.accountId, requestId) };
  }

  async charge(
    tenantId: string,
    accountId: string,
    requestId: string,
    at: Instant,
  ): Promise<AttemptState | 'notAllowed'> {
    const request = await this.requests.one(tenantId, requestId);
    if (request?.payLinkId) {
      const decided = await this.linkCharging.charge(tenantId, request, at);
      await this.requests.setOutcome(tenantId, requestId, decided);
      return decided;
    }
    const payables = await this.payables.openOf(tenantId, [accountId]);
    const attempts = await this.charging.chargeAll(tenantId, at, {
      accountId,
      payables,
      reason: requestId,
      caseId: null,
      initiator: 'payer',
    });
    const outcome = overallState(attempts.map(({ state }) => state));
    await this.requests.setOutcome(tenantId, requestId, outcome);
    return outcome;
  }

  private async refuseTheHopeless(tenantId: string, accountId: string, at: Instant): Promise<void> {
    const payables = await this.payables.openOf(tenantId, [accountId]);
    if (payables.length === 0) throw conflict('nothingToPay', `Account ${accountId} has nothing open.`);
    if (payables.every((payable) => availableMinor(payable) === 0)) {
      throw conflict(
        'alreadyBeingPaid',
        'All that is open is being paid already.',
        'Look at the attempts of the account.',
      );
    }
    const payer = (await this.choice.of(tenantId, [accountId], 'payer', at)).get(accountId);
    if (!payer)
      throw conflict(
        'paymentMethodMissing',
        'The account has no default payment method.',
        'POST /v1/payments/methods',
      );
    if (payer.refusedBy !== null) {
      throw conflict('methodRefused', 'The default card was refused for good.', 'Add another card first.');
    }
  }
}
