// as libs/workflows/src/chase-debt.ts
// breaks house/sandbox-imports

import { randomUUID } from 'node:crypto'; // wrong
import { uuid4 } from '@temporalio/workflow';
export { readFileSync } from 'fs'; // wrong

export const ids = [randomUUID(), uuid4()];
export const path = () => import('node:path'); // wrong
