// as libs/rating/src/close-rating.ts
// breaks @nx/enforce-module-boundaries

import { invoicing } from '@tollkeeper/invoicing'; // wrong
import { queueOf } from '@tollkeeper/contracts';

export const queues = [queueOf('rating'), invoicing.name];
