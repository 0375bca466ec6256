import {
  distribution as definition,
  type DistributionInput,
  factActivity,
  type FactBatch,
  factReceivers,
  type FactTopic,
} from '@tollkeeper/contracts';
import { serviceNamed } from './services';
import { keepTime } from './until';

type Receiver = Record<string, (batch: FactBatch<FactTopic>) => Promise<void>>;

/** One batch of facts to all who hear of them; each receiver in its own time. */
export async function distribution(input: DistributionInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId, at, topic, facts } = input;
    const batch = { tenantId, at, facts } as FactBatch<FactTopic>;
    await Promise.all(
      factReceivers[topic].map(async (service) => {
        await serviceNamed<Receiver>(service)[factActivity(topic)]?.(batch);
      }),
    );
  });
}
