// as libs/contracts/src/debt.contract.ts
// breaks @nx/enforce-module-boundaries

import { collection } from '@tollkeeper/workflows'; // wrong

export const process = collection;
