import { findCardNumber, type ServiceName, serviceNames } from '@tollkeeper/contracts';
import type { Invariant } from '../invariant';

/** Where card numbers could come in: all of payments and notifications, and what people changed anywhere. */
const watched: ServiceName[] = ['payments', 'notifications'];

export const cardNumbers: Invariant = {
  name: 'card numbers',
  statement: 'no card number in payments, notifications or any audit log',
  async check({ rows }, findings) {
    for (const service of serviceNames) {
      const all = await rows.collectionsOf(service);
      for (const collection of watched.includes(service) ? all : all.filter((name) => name === 'auditLog')) {
        for await (const row of rows.find<{ _id: unknown }>(service, collection)) {
          findings.look();
          const place = findCardNumber(row);
          // The place only: the report must not carry the number on.
          if (place !== null)
            findings.breach(`${service}.${collection} ${String(row._id)}`, `has a card number in ${place}`);
        }
      }
    }
  },
};
