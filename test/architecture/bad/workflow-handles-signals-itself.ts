// as libs/workflows/src/collection.ts
// breaks house/handlers-in-until

import { advanceUpdate, collectionSignals } from '@tollkeeper/contracts';
import { setHandler } from '@temporalio/workflow';

export async function collection(): Promise<void> {
  setHandler(collectionSignals.hold, () => undefined); // wrong
  setHandler(advanceUpdate, () => Promise.reject(new Error('not here'))); // wrong
}
