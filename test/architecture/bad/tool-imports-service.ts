// as tools/sample/read-invoices.ts
// breaks @nx/enforce-module-boundaries

import { invoicing } from '@tollkeeper/invoicing'; // wrong

export const name = invoicing.name;
