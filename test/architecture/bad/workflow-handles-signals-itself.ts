// as libs/workflows/src/collection.ts
// breaks house/handlers-in-until

import {
  advanceUpdate,
  collectionProgress,
  collectionSignals,
  type CollectionProgress,
} from '@tollkeeper/contracts';
import { setHandler } from '@temporalio/workflow';

export async function collection(progress: CollectionProgress): Promise<void> {
  setHandler(collectionProgress, () => progress);
  setHandler(collectionSignals.hold, () => undefined); // wrong
  setHandler(advanceUpdate, () => Promise.reject(new Error('not here'))); // wrong
}
