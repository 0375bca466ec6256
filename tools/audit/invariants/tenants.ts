import { serviceNames } from '@tollkeeper/contracts';
import type { Invariant } from '../invariant';

export const tenants: Invariant = {
  name: 'tenants',
  statement:
    'no row without a tenant in any collection of any service, and none of a tenant that is not there',
  async check({ rows }, findings) {
    const known = await rows.tenantIds();
    for (const service of serviceNames) {
      for (const collection of await rows.collectionsOf(service)) {
        findings.count('collections');
        for (const { tenantId, rows: found, sample } of await rows.tenantsIn(service, collection)) {
          findings.look(found);
          if (typeof tenantId !== 'string')
            findings.breach(`${service}.${collection} ${String(sample)}`, `${found} rows of no tenant`);
          else if (!known.has(tenantId))
            findings.breach(
              `${service}.${collection} ${String(sample)}`,
              `${found} rows of ${tenantId}, which is no tenant`,
            );
        }
      }
    }
  },
};
