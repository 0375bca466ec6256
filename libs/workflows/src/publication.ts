import {
  publication as definition,
  type PublicationInput,
  type PublicationReceiver,
} from '@tollkeeper/contracts';
import { catalog, serviceNamed } from './services';
import { keepTime } from './until';

const receivers = ['rating', 'invoicing', 'customers'] as const;

/** A published version is in force once everyone who prices or bills from it has it. */
export async function publication(input: PublicationInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId, publicationId, at } = input;
    const version = await catalog.loadPublication({ tenantId, publicationId });
    await Promise.all(
      receivers.map((service) =>
        serviceNamed<PublicationReceiver>(service).receivePublication({
          tenantId,
          publicationId,
          publication: version,
        }),
      ),
    );
    await catalog.putInForce({ tenantId, publicationId, at });
  });
}
