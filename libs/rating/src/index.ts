import type { ServiceDefinition } from '@tollkeeper/platform';
import { RatingActivities } from './rating.activities';
import { RatingModule } from './rating.module';

export const rating: ServiceDefinition = {
  name: 'rating',
  module: RatingModule,
  activities: [RatingActivities],
};
