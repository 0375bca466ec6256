import type { ServiceDefinition } from '@tollkeeper/platform';
import { IdentityActivities } from './identity.activities';
import { IdentityModule } from './identity.module';

export const identity: ServiceDefinition = {
  name: 'identity',
  module: IdentityModule,
  activities: [IdentityActivities],
};
