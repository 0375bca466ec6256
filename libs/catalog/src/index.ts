import type { ServiceDefinition } from '@tollkeeper/platform';
import { CatalogActivities } from './catalog.activities';
import { CatalogModule } from './catalog.module';

export const catalog: ServiceDefinition = {
  name: 'catalog',
  module: CatalogModule,
  activities: [CatalogActivities],
};
