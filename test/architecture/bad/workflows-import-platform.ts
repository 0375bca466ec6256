// as libs/workflows/src/chase-debt.ts
// breaks @nx/enforce-module-boundaries

import { newId } from '@tollkeeper/platform'; // wrong

export const caseId = newId('col');
