import { serviceNames } from '@tollkeeper/contracts';
import type { Invariant } from '../invariant';

/** A sign-in that was refused keeps whatever tenant the caller named, so that guessing is slowed down for all names alike. */
const namesOfStrangers = new Set(['identity.loginAttempts']);

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
          else if (!known.has(tenantId) && !namesOfStrangers.has(`${service}.${collection}`))
            findings.breach(
              `${service}.${collection} ${String(sample)}`,
              `${found} rows of ${tenantId}, which is no tenant`,
            );
        }
      }
    }
  },
};
