// as libs/rating/src/close-rating.ts
// breaks @nx/enforce-module-boundaries

import { money } from '@tollkeeper/money';
import * as builders from '@tollkeeper/testing'; // wrong

export const both = [money, builders];
