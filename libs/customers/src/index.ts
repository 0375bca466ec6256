import type { ServiceDefinition } from '@tollkeeper/platform';
import { SubscriberImportActivities } from './bulk/subscriber-import.activities';
import { CustomersActivities } from './customers.activities';
import { CustomersModule } from './customers.module';

export const customers: ServiceDefinition = {
  name: 'customers',
  module: CustomersModule,
  activities: [CustomersActivities, SubscriberImportActivities],
};
