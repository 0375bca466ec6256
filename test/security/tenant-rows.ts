import { createHash } from 'node:crypto';
import os from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { serviceNames } from '@tollkeeper/contracts';
import { BSON, MongoClient } from 'mongodb';

const pollMs = 50;
const patienceMs = 30_000;

/** Collection -> `count:digest`, over all databases. */
export type Rows = Record<string, string>;

/** Everything that tenants have in all service databases, outboxes too: equal before and after means that nothing was written. */
export class TenantRows {
  private known: Promise<[string, string][]> | null = null;

  private constructor(private readonly client: MongoClient) {}

  static async connect(uri: string): Promise<TenantRows> {
    // The driver imports node:os dynamically, which jest's realm refuses.
    return new TenantRows(await MongoClient.connect(uri, { runtimeAdapters: { os } }));
  }

  /** Waits until the work behind earlier calls is carried on, then reads twice the same. */
  async settled(tenantIds: string[]): Promise<Rows> {
    const giveUpAt = performance.now() + patienceMs;
    let last = await this.read(tenantIds);
    while (performance.now() < giveUpAt) {
      await pause(pollMs);
      const rows = await this.read(tenantIds);
      const isIdle = !Object.keys(rows).some((name) => name.endsWith('.outbox'));
      if (isIdle && JSON.stringify(rows) === JSON.stringify(last)) return rows;
      last = rows;
    }
    throw new Error(`tenants ${tenantIds.join(', ')} do not come to rest`);
  }

  async read(tenantIds: string[]): Promise<Rows> {
    const read = await Promise.all(
      (await this.names()).map(async ([service, name]) => {
        const mine = this.client
          .db(service)
          .collection(name)
          .find({ tenantId: { $in: tenantIds } });
        return { name: `${service}.${name}`, rows: await mine.sort({ _id: 1 }).toArray() };
      }),
    );
    const present = read.filter(({ rows }) => rows.length > 0);
    return Object.fromEntries(present.map(({ name, rows }) => [name, `${rows.length}:${digestOf(rows)}`]));
  }

  /** Services make all their collections when they start. */
  private names(): Promise<[string, string][]> {
    return (this.known ??= Promise.all(
      serviceNames.map(async (service) => {
        const collections = await this.client.db(service).listCollections({}, { nameOnly: true }).toArray();
        return collections.map(({ name }): [string, string] => [service, name]);
      }),
    ).then((names) => names.flat()));
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}

const digestOf = (rows: object[]): string =>
  createHash('sha256').update(BSON.EJSON.stringify(rows)).digest('hex').slice(0, 16);
