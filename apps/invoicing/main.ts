import { invoicing } from '@tollkeeper/invoicing';
import { serveUntilStopped } from '@tollkeeper/platform';

serveUntilStopped({ name: 'invoicing-service', services: [invoicing] });
