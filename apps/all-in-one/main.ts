import { catalog } from '@tollkeeper/catalog';
import { customers } from '@tollkeeper/customers';
import { identity } from '@tollkeeper/identity';
import { invoicing } from '@tollkeeper/invoicing';
import { notifications } from '@tollkeeper/notifications';
import { payments } from '@tollkeeper/payments';
import { serveUntilStopped, workflowBundlePath } from '@tollkeeper/platform';
import { rating } from '@tollkeeper/rating';

serveUntilStopped({
  name: 'all-in-one',
  services: [identity, catalog, customers, rating, invoicing, payments, notifications],
  workflows: { bundlePath: workflowBundlePath() },
});
