// as libs/tariff/src/rating/ask-the-service.ts
// breaks @nx/enforce-module-boundaries

import { RatingModule } from '@tollkeeper/rating'; // wrong

export const module = RatingModule;
