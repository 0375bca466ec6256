// as libs/platform/src/all-services.ts
// breaks @nx/enforce-module-boundaries

import { identity } from '@tollkeeper/identity'; // wrong

export const first = identity;
