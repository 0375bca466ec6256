import type { ServiceDefinition } from '@tollkeeper/platform';
import { SubscriberImportActivities } from './bulk/subscriber-import.activities';
import { CustomersActivities } from './customers.activities';
import { RenewalActivities } from './renewals/renewal.activities';
import { CreditActivities } from './credit/credit.activities';
import { CustomersModule } from './customers.module';
import { OrderActivities } from './orders/orders.activities';
import { NetworkActivities } from './network/network.activities';

export const customers: ServiceDefinition = {
  name: 'customers',
  module: CustomersModule,
  activities: [
    CustomersActivities,
    NetworkActivities,
    SubscriberImportActivities,
    OrderActivities,
    CreditActivities,
    RenewalActivities,
  ],
};
