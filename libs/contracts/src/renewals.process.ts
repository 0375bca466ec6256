import type { Instant } from '@tollkeeper/calendar';
import { defineSignal } from '@temporalio/workflow';
import type { DueRenewal } from './customers.contract';
import type { RenewalRules } from './prepaid.contract';
import { defineProcess, type ProcessEvent, type ProcessInput } from './process';

/** Plans paid in advance: charges in batches before their period starts. */
export const renewals = defineProcess<ProcessInput>({
  workflow: 'renewals',
  reuse: 'reopenable',
  rank: 'renewal',
  id: ({ tenantId }) => `renewals/${tenantId}`,
});

/** A subscription was activated or renewed by hand: the next due instant may have changed. */
export const renewalsChanged = defineSignal<[ProcessEvent]>('renewalsChanged');

/** Hours before the paid period ends at which the card is charged. */
export const renewalLeadHours = 24;

/** What a renewal is paid under, whoever asks for it. */
export const renewalKey = (subscriptionId: string, dueFrom: Instant): string =>
  `${subscriptionId}/${dueFrom}`;

/** One failed renewal: retries inside the grace time, then the service lapses. Never a debt, never a collection. */
export interface RenewalInput extends ProcessInput {
  renewal: DueRenewal;
  /** The tenant's rules when the charge failed. */
  rules?: Pick<RenewalRules, 'retryHours' | 'graceHours'>;
}

export const renewalIdOf = (tenantId: string, subscriptionId: string): string =>
  `renewal/${tenantId}/${subscriptionId}`;

export const renewal = defineProcess<RenewalInput>({
  workflow: 'renewal',
  reuse: 'reopenable',
  rank: 'renewal',
  id: ({ tenantId, renewal: { subscriptionId } }) => renewalIdOf(tenantId, subscriptionId),
});

/** The subscriber paid or changed the card: try at once. */
export const renewalPaymentChanged = defineSignal<[ProcessEvent]>('renewalPaymentChanged');
