// as libs/workflows/src/chase-debt.ts
// breaks house/workflow-time

import { condition, sleep } from '@temporalio/workflow'; // wrong
import * as wf from '@temporalio/workflow';

export async function chaseDebt(paid: () => boolean): Promise<number> {
  await sleep('3 days'); // wrong
  await wf.sleep('3 days'); // wrong
  await condition(paid);
  await condition(paid, '3 days'); // wrong
  setTimeout(() => undefined, 1_000); // wrong
  return new Date().getTime(); // wrong
}

export const startedAtMs = () => Date.now(); // wrong
