import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { BusinessClock, isDuplicateKey, ServiceDatabase } from '@tollkeeper/platform';
import { AttemptRepository } from '../attempts/attempt.repository';
import type { GatewayEvent } from '../gateway/payment-gateway';
import { OutcomeService } from '../attempts/outcome.service';
import { MethodNews } from '../methods/method-news.service';
import { PaymentRepository } from '../received/payment.repository';
import { RefundSending } from '../refunds/refund-sending.service';
import { ReversalService } from '../reversals/reversal.service';
import { WebhookEventRepository } from './webhook-event.repository';

interface ToldEvent {
  tenantId: string;
  gateway: string;
  /** The gateway's own id of the event: told twice is known by it. */
  eventId: string;
  type: string;
  events: GatewayEvent[];
}

/** What any gateway tells unasked. Events come twice, late and in any order: each effect allows for that by itself. */
@Injectable()
export class WebhookService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly inbox: WebhookEventRepository,
    private readonly attempts: AttemptRepository,
    private readonly outcomes: OutcomeService,
    private readonly payments: PaymentRepository,
    private readonly methods: MethodNews,
    private readonly refunds: RefundSending,
    private readonly reversals: ReversalService,
  ) {}

  /** Event and effect in one transaction; an event that is told again is one we know. */
  async receive({ tenantId, gateway, eventId, type, events }: ToldEvent): Promise<'applied' | 'known'> {
    const receivedAt = await this.clock.now(tenantId);
    const _id = `${tenantId}/${gateway}/${eventId}`;
    try {
      await this.database.transaction(async () => {
        const reference = referenceOf(events);
        const attempt = await this.attempts.byKey(tenantId, reference);
        const attemptId = attempt?._id ?? null;
        await this.inbox.insert(tenantId, { _id, type, reference, attemptId, receivedAt });
        for (const event of events) await this.apply(tenantId, receivedAt, gateway, event);
      });
      return 'applied';
    } catch (error) {
      if (isDuplicateKey(error) && (await this.inbox.knows(tenantId, _id))) return 'known';
      throw error;
    }
  }

  private async apply(tenantId: string, at: Instant, gateway: string, event: GatewayEvent): Promise<void> {
    switch (event.kind) {
      case 'charge': {
        const attempt = await this.attempts.byKey(tenantId, event.key);
        if (attempt?.gateway === gateway)
          await this.outcomes.record(tenantId, at, new Map([[attempt._id, event.finding]]));
        return;
      }
      case 'settled': {
        const payment = await this.payments.byCharge(tenantId, gateway, event.gatewayId);
        if (payment) await this.payments.settle(tenantId, payment._id);
        return;
      }
      case 'refund':
        return this.refunds.hear(tenantId, at, event);
      case 'dispute':
      case 'returned':
        return this.reversals.hear(tenantId, at, gateway, event);
      case 'methodUpdated':
      case 'mandateEnded':
        return this.methods.hear(tenantId, at, gateway, event);
      case 'ignored':
        return;
    }
  }
}

const referenceOf = ([event]: readonly GatewayEvent[]): string => {
  switch (event?.kind) {
    case 'charge':
    case 'refund':
      return event.key;
    case 'dispute':
    case 'returned':
    case 'settled':
      return event.gatewayId;
    default:
      return '';
  }
};
