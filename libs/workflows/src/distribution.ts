import {
  distribution as definition,
  type DistributionInput,
  factActivity,
  type FactBatch,
  factReceivers,
  type FactTopic,
  type ServiceName,
} from '@tollkeeper/contracts';
import { patched } from '@temporalio/workflow';
import { serviceNamed } from './services';
import { keepTime } from './until';

type Receiver = Record<string, (batch: FactBatch<FactTopic>) => Promise<void>>;

/** One batch of facts to all who hear of them; each receiver in its own time. */
export async function distribution(input: DistributionInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId, at, topic, facts } = input;
    const batch = { tenantId, at, facts } as FactBatch<FactTopic>;
    await Promise.all(
      receiversOf(topic).map(async (service) => {
        await serviceNamed<Receiver>(service)[factActivity(topic)]?.(batch);
      }),
    );
  });
}

/** Batches that were on their way when another service began to hear of a topic go on without it. */
function receiversOf(topic: FactTopic): readonly ServiceName[] {
  if (topic === 'paymentChanged' && !patched('customers-hear-payments')) return ['invoicing'];
  if (topic === 'paymentReversed' && !patched('customers-hear-reversals')) return ['invoicing'];
  if (topic === 'accountChanged' && !patched('catalog-hears-accounts'))
    return factReceivers[topic].filter((service) => service !== 'catalog');
  return factReceivers[topic];
}
