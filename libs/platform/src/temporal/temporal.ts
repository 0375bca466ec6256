import { Client, Connection, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { Config } from '../config';
import { rpcRetries } from './rpc-retries';

/** A busy machine brings Temporal up slowly; what starts with it waits rather than dies. */
const connectTimeout = '60s' as const;

/** One connection for a process's clients; workers have a native one of their own. */
export class Temporal {
  private constructor(
    readonly client: Client,
    private readonly connection: Connection,
  ) {}

  static async connect(config: Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'>): Promise<Temporal> {
    const connection = await Connection.connect({
      address: config.TEMPORAL_ADDRESS,
      connectTimeout,
      interceptors: [makeGrpcRetryInterceptor(rpcRetries)],
    });
    return new Temporal(new Client({ connection, namespace: config.TEMPORAL_NAMESPACE }), connection);
  }

  async ping(): Promise<void> {
    await this.connection.healthService.check({});
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}
