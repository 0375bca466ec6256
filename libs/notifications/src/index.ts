import type { ServiceDefinition } from '@tollkeeper/platform';
import { NotificationsActivities } from './notifications.activities';
import { NotificationsModule } from './notifications.module';

export const notifications: ServiceDefinition = {
  name: 'notifications',
  module: NotificationsModule,
  activities: [NotificationsActivities],
};
