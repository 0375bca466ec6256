import { defineSignal } from '@temporalio/workflow';
import type { Channel } from './notifications.contract';
import { defineProcess, type ProcessEvent, type ProcessInput } from './process';

/** Sweeps messages that had to wait (server away, greylisting, quiet hours): one process per tenant and channel. */
export interface DeliveryInput extends ProcessInput {
  channel: Channel;
}

export const delivery = defineProcess<DeliveryInput>({
  workflow: 'delivery',
  reuse: 'reopenable',
  rank: 'delivery',
  id: ({ tenantId, channel }) => `delivery/${tenantId}/${channel}`,
});

export const messagesDeferred = defineSignal<[ProcessEvent]>('messagesDeferred');
