import { defineSignal } from '@temporalio/workflow';
import { defineProcess, type ProcessEvent, type ProcessInput } from './process';

/** Caps, bars and deposits of a tenant's accounts; open while something is awaited. */
export const creditControl = defineProcess<ProcessInput>({
  workflow: 'creditControl',
  reuse: 'reopenable',
  rank: 'receivables',
  id: ({ tenantId }) => `credit-control/${tenantId}`,
});

/** Usage, a balance, a class or a service changed: accounts are to be looked at. */
export const creditChanged = defineSignal<[ProcessEvent]>('creditChanged');
