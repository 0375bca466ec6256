// as libs/contracts/src/collection.process.ts
// breaks house/no-process-queries

import { defineQuery } from '@temporalio/workflow'; // wrong

export const collectionProgress = defineQuery<{ status: string }>('collectionProgress');
