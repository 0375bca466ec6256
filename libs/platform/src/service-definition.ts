import type { Type } from '@nestjs/common';
import type { ServiceName } from '@tollkeeper/contracts';
import type { CollectionDefinition } from './mongo/collection-definition';

/** What a service's lib exports, and all that `serve()` needs to run it. */
export interface ServiceDefinition {
  name: ServiceName;
  module: Type;
  /** Providers of the module whose methods are the service's activities, on both of its queues. */
  activities: Type<object>[];
}

/** What a service module builds its imports from: `ServicePlatform.register({ service, collections })`. */
export interface ServiceParts {
  service: ServiceName;
  collections: CollectionDefinition<object>[];
}
