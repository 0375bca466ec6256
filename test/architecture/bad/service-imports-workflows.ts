// as libs/rating/src/close-rating.ts
// breaks @nx/enforce-module-boundaries

import { billRun } from '@tollkeeper/workflows'; // wrong

export const process = billRun;
