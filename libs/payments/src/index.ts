import type { ServiceDefinition } from '@tollkeeper/platform';
import { CollectionActivities } from './dunning/collection.activities';
import { DepositActivities } from './deposits/deposit.activities';
import { PaymentsActivities } from './payments.activities';
import { RefundsActivities } from './refunds/refunds.activities';
import { StatementActivities } from './statements/statement.activities';
import { TopUpActivities } from './top-ups/top-up.activities';
import { PaymentsModule } from './payments.module';

export const payments: ServiceDefinition = {
  name: 'payments',
  module: PaymentsModule,
  activities: [
    PaymentsActivities,
    CollectionActivities,
    RefundsActivities,
    TopUpActivities,
    DepositActivities,
    StatementActivities,
  ],
};
