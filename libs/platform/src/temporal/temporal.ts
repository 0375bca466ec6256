import { Client, Connection } from '@temporalio/client';
import type { Config } from '../config';

/** A busy machine brings Temporal up slowly; what starts with it waits rather than dies. */
const connectTimeout = '60s' as const;

/** One connection for a process's clients; workers have a native one of their own. */
export class Temporal {
  private constructor(
    readonly client: Client,
    private readonly connection: Connection,
  ) {}

  static async connect(config: Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'>): Promise<Temporal> {
    const connection = await Connection.connect({ address: config.TEMPORAL_ADDRESS, connectTimeout });
    return new Temporal(new Client({ connection, namespace: config.TEMPORAL_NAMESPACE }), connection);
  }

  async ping(): Promise<void> {
    await this.connection.healthService.check({});
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}
