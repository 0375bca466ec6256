import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { UnusedPeriodFact } from '@tollkeeper/contracts';
import { Outbox } from '@tollkeeper/platform';
import { unusedPeriods } from '../domain/unused-periods';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import { RenewalPolicyService } from './renewal-policy.service';

/** What was paid for and will not be used. Whoever ends a subscription calls this in the transaction that ends it. */
@Injectable()
export class UnusedPeriods {
  constructor(
    private readonly outbox: Outbox,
    private readonly policies: RenewalPolicyService,
  ) {}

  /**
   * Payments gives it back, where the tenant's rules say so; to who withdrew from the contract in any case. The same
   * again is given back once.
   */
  async giveBack(
    tenantId: string,
    { _id, accountId, paidPeriods }: SubscriptionRow,
    endsAt: Instant,
    at: Instant,
    withdrawn = false,
  ): Promise<void> {
    const { refundUnused, refundRounding } = await this.policies.rulesAt(tenantId, at);
    if (!refundUnused && !withdrawn) return;
    const unused = unusedPeriods(_id, paidPeriods, endsAt);
    await this.tell(
      tenantId,
      at,
      unused.map((period) => ({ ...period, accountId, subscriptionId: _id, rounding: refundRounding })),
    );
  }

  async tell(tenantId: string, at: Instant, facts: UnusedPeriodFact[]): Promise<void> {
    await this.outbox.tell(tenantId, at, 'periodUnused', facts);
  }
}
