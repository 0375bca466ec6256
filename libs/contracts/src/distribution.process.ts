import type { FactTopic } from './facts';
import { defineProcess, type ProcessInput } from './process';

/** Carries one batch of facts from an owner's outbox to every receiver; the batch key makes a repeat the same process. */
export interface DistributionInput extends ProcessInput {
  batchKey: string;
  topic: FactTopic;
  facts: unknown[];
}

export const distribution = defineProcess<DistributionInput>({
  workflow: 'distribution',
  reuse: 'once',
  rank: 'usage',
  id: ({ tenantId, topic, batchKey }) => `distribution/${tenantId}/${topic}/${batchKey}`,
});
