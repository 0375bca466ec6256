import { identity } from '@tollkeeper/identity';
import { serveUntilStopped } from '@tollkeeper/platform';

serveUntilStopped({ name: 'identity-service', services: [identity] });
