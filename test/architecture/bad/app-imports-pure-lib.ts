// as apps/rating/price.ts
// breaks @nx/enforce-module-boundaries

import { money } from '@tollkeeper/money'; // wrong
import { serve } from '@tollkeeper/platform';

export const both = [money, serve];
