import { defineSignal } from '@temporalio/workflow';
import { defineProcess, type ProcessEvent, type ProcessInput } from './process';

/** A subscriber, or care for them, renews by hand: in time, in grace, or after the plan has lapsed. */
export interface RenewalRequestInput extends ProcessInput {
  requestId: string;
}

export const renewalRequestIdOf = (tenantId: string, requestId: string): string =>
  `renewal-request/${tenantId}/${requestId}`;

export const renewalRequest = defineProcess<RenewalRequestInput>({
  workflow: 'renewalRequest',
  reuse: 'once',
  rank: 'renewal',
  id: ({ tenantId, requestId }) => renewalRequestIdOf(tenantId, requestId),
});

/** A charge whose outcome was open is decided. */
export const renewalRequestDecided = defineSignal<[ProcessEvent]>('renewalRequestDecided');
