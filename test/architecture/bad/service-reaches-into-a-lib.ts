// as libs/rating/src/close-rating.ts
// breaks @nx/enforce-module-boundaries

import { money } from '../../money/src/money'; // wrong

export const free = money(0, 'USD');
