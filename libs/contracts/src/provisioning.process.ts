import { defineSignal } from '@temporalio/workflow';
import { defineProcess, type ProcessEvent, type ProcessInput } from './process';

/** Carries a tenant's orders to the network and asks for late acknowledgements; ends when none is open. */
export const provisioning = defineProcess<ProcessInput>({
  workflow: 'provisioning',
  reuse: 'reopenable',
  rank: 'provisioning',
  id: ({ tenantId }) => `provisioning/${tenantId}`,
});

/** Orders were placed. */
export const ordersPlaced = defineSignal<[ProcessEvent]>('ordersPlaced');

/** To a process that placed an order with `notify`: the network confirmed or refused it. The facts: `outcomeOf`. */
export const networkAnswered = defineSignal<[ProcessEvent]>('networkAnswered');

/** Compares the network's own list of SIMs with ours, daily or when asked; ends when neither is wanted. */
export const networkReconciliation = defineProcess<ProcessInput>({
  workflow: 'networkReconciliation',
  reuse: 'reopenable',
  rank: 'provisioning',
  id: ({ tenantId }) => `network-reconciliation/${tenantId}`,
});

/** The daily time was changed, or somebody wants one now. */
export const reconciliationWanted = defineSignal<[ProcessEvent]>('reconciliationWanted');
