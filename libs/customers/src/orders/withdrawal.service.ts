import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import { badInput, type Principal, refuseFindings, SettingChanges } from '@tollkeeper/platform';
import { beyondTheLaw, whyNoWithdrawal, type WithdrawalDays, withdrawalFindings } from '../domain/withdrawal';
import { CustomerRepository } from '../parties/customer.repository';
import type { SubscriptionFacts } from './subscription-facts.service';
import { WithdrawalPolicyRepository } from './withdrawal-policy.repository';

/** The consumer's right to withdraw from a contract, and for how long each country gives it. */
@Injectable()
export class WithdrawalService {
  constructor(
    private readonly policies: WithdrawalPolicyRepository,
    private readonly customers: CustomerRepository,
    private readonly changes: SettingChanges,
  ) {}

  get(tenantId: string): Promise<WithdrawalDays> {
    return this.policies.find(tenantId);
  }

  /** Replaces what was given beyond the law. */
  async put(
    principal: Principal,
    countries: readonly { country: string; days: number }[],
    reason: string,
  ): Promise<WithdrawalDays> {
    refuseFindings(withdrawalFindings(countries), 'A contract may give more days than the law, never fewer.');
    const days = Object.fromEntries(countries.map((each) => [each.country, each.days]));
    return this.changes.put(principal, {
      ...{ what: 'changeWithdrawalPolicy', entity: 'withdrawal', reason },
      before: (tenantId) => this.policies.find(tenantId),
      after: beyondTheLaw(days),
      save: (tenantId) => this.policies.put(tenantId, days),
    });
  }

  /** The day on which the consumer told it is the day on which the service ends (Article 11: in time is when sent). */
  async refuseLate(
    tenantId: string,
    { subscription, account }: SubscriptionFacts,
    effectiveAt: Instant,
  ): Promise<void> {
    const customer = await this.customers.find(tenantId, account.customerId);
    const why = whyNoWithdrawal(
      {
        customerKind: customer?.kind ?? 'person',
        country: account.address.country,
        servedFrom: localDateOf(subscription.activeFrom, account.zone),
        withdrawnOn: localDateOf(effectiveAt, account.zone),
      },
      await this.policies.find(tenantId),
    );
    if (why)
      throw badInput(
        'order.because',
        `Not withdrawn from: ${why}.`,
        'Leave `because` out to end it as agreed, name the day of the notice as `effectiveAt`, or give more days: PUT /v1/customers/withdrawal-policy.',
      );
  }
}
