import { catalog } from '@tollkeeper/catalog';
import { serveUntilStopped } from '@tollkeeper/platform';

serveUntilStopped({ name: 'catalog-service', services: [catalog] });
