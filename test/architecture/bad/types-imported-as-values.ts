// as libs/workflows/src/services.ts
// breaks @typescript-eslint/consistent-type-imports

import { CatalogActivities } from '@tollkeeper/contracts'; // wrong

export type Catalog = CatalogActivities;
