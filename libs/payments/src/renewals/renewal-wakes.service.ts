import { Injectable } from '@nestjs/common';
import { addDuration, type Instant } from '@tollkeeper/calendar';
import { renewalIdOf, renewalPaymentChanged } from '@tollkeeper/contracts';
import { Outbox } from '@tollkeeper/platform';
import { AttemptRepository } from '../attempts/attempt.repository';

/** No grace time lasts for longer: renewals that failed before are over. */
const longestGrace = { days: 91 };

/** Money for renewals has come, or a way to get it: what waits in grace is tried at once. */
@Injectable()
export class RenewalWakes {
  constructor(
    private readonly outbox: Outbox,
    private readonly attempts: AttemptRepository,
  ) {}

  async wake(tenantId: string, accountId: string, eventId: string, at: Instant): Promise<void> {
    const since = addDuration(at, { days: -longestGrace.days });
    for (const subscriptionId of await this.attempts.refusedRenewals(tenantId, accountId, since)) {
      const processId = renewalIdOf(tenantId, subscriptionId);
      await this.outbox.signal(tenantId, processId, renewalPaymentChanged, { eventId, at });
    }
  }
}
