import { Inject, Injectable } from '@nestjs/common';
import { BusinessClock, isDuplicateKey, ServiceDatabase } from '@tollkeeper/platform';
import { AttemptRepository } from './attempt.repository';
import { type PaymentGateway, paymentGateway } from './gateway/payment-gateway';
import { findingOf, type WebhookMessage } from './gateway/sandbox-answers';
import { OutcomeService } from './outcome.service';
import { WebhookEventRepository } from './webhook-event.repository';

/** What a gateway tells unasked. */
@Injectable()
export class WebhookService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly inbox: WebhookEventRepository,
    private readonly attempts: AttemptRepository,
    private readonly outcomes: OutcomeService,
    @Inject(paymentGateway) private readonly gateway: PaymentGateway,
  ) {}

  /** Event and effect in one transaction; an event that is told again is one we know. */
  async receive({ id, type, tenantId, data }: WebhookMessage): Promise<'applied' | 'known'> {
    const receivedAt = await this.clock.now(tenantId);
    const _id = `${tenantId}/${this.gateway.name}/${id}`;
    try {
      await this.database.transaction(async () => {
        const attempt = await this.attempts.byKey(tenantId, data.reference);
        await this.inbox.insert(tenantId, {
          _id,
          type,
          reference: data.reference,
          attemptId: attempt?._id ?? null,
          receivedAt,
        });
        if (attempt)
          await this.outcomes.record(tenantId, receivedAt, new Map([[attempt._id, findingOf(data)]]));
      });
      return 'applied';
    } catch (error) {
      if (isDuplicateKey(error) && (await this.inbox.knows(tenantId, _id))) return 'known';
      throw error;
    }
  }
}
