import { payments } from '@tollkeeper/payments';
import { serveUntilStopped } from '@tollkeeper/platform';

serveUntilStopped({ name: 'payments-service', services: [payments] });
