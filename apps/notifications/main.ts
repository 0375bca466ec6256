import { notifications } from '@tollkeeper/notifications';
import { serveUntilStopped } from '@tollkeeper/platform';

serveUntilStopped({ name: 'notifications-service', services: [notifications] });
