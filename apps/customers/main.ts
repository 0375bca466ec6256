import { customers } from '@tollkeeper/customers';
import { serveUntilStopped } from '@tollkeeper/platform';

serveUntilStopped({ name: 'customers-service', services: [customers] });
