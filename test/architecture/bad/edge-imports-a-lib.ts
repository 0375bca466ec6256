// as apps/sandbox-gateway/price.ts
// breaks @nx/enforce-module-boundaries

import { isCurrency } from '@tollkeeper/money'; // wrong
import { z } from 'zod';

export const Currency = z.string().refine(isCurrency);
