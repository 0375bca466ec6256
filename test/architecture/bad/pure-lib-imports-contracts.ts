// as libs/money/src/ledger-money.ts
// breaks @nx/enforce-module-boundaries

import { serviceNames } from '@tollkeeper/contracts'; // wrong

export const names = serviceNames;
