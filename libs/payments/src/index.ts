import type { ServiceDefinition } from '@tollkeeper/platform';
import { PaymentsActivities } from './payments.activities';
import { PaymentsModule } from './payments.module';

export const payments: ServiceDefinition = {
  name: 'payments',
  module: PaymentsModule,
  activities: [PaymentsActivities],
};
